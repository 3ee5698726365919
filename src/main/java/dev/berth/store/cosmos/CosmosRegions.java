package dev.berth.store.cosmos;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which region of an account that takes writes in several each region of Berth is.
 *
 * @param azureNames what Azure calls each, by Berth's names of them
 */
public record CosmosRegions(Map<String, String> azureNames) {
    /** Which setting, below {@code berth.store.cosmos}, names them. */
    public static final String SETTING = "azure-regions";

    public CosmosRegions {
        azureNames = Map.copyOf(azureNames);
        var owners = new HashMap<String, String>();
        for (var named : new TreeMap<>(azureNames).entrySet()) {
            @Nullable String other = owners.put(plain(named.getValue()), named.getKey());
            if (other != null) {
                throw new IllegalArgumentException(setting(named.getKey()) + ": " + named.getValue()
                        + " is the Azure region of " + other + " already, and two regions cannot have one store");
            }
        }
    }

    Set<String> names() {
        return azureNames.keySet();
    }

    String azureName(String region) {
        @Nullable String name = azureNames.get(region);
        if (name == null) {
            throw new IllegalArgumentException(setting(region) + ": is not set");
        }
        return name;
    }

    /** All of them as Azure calls them, {@code region} first. */
    List<String> nearest(String region) {
        return Stream.concat(
                        Stream.of(azureName(region)),
                        names().stream()
                                .sorted()
                                .filter(other -> !other.equals(region))
                                .map(this::azureName))
                .toList();
    }

    static String setting(String region) {
        return SETTING + "." + region;
    }

    /** Names come with and without spaces: {@code West Europe}, {@code westeurope}. */
    static boolean isSame(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return name.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
    }
}
