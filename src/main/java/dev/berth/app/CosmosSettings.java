package dev.berth.app;

import dev.berth.store.cosmos.CosmosCredential;
import dev.berth.store.cosmos.CosmosLimits;
import dev.berth.store.cosmos.CosmosRegions;
import dev.berth.store.cosmos.CosmosStoreOptions;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the settings below {@code berth.store.cosmos} say of the account; what does not fit names the setting. */
final class CosmosSettings {
    private static final String COSMOS = "berth.store.cosmos";
    private static final String AZURE_REGIONS = CosmosRegions.SETTING;

    private CosmosSettings() {}

    static CosmosStoreOptions options(BerthConfig.Cosmos config) {
        var endpoint = config.endpoint()
                .orElseThrow(
                        () -> new ConfigurationException(COSMOS + ".endpoint: is not set, and berth.store is cosmos"));
        try {
            return new CosmosStoreOptions(
                    requireWeb(endpoint),
                    credential(config),
                    config.database(),
                    mode(config.mode()),
                    config.preferredRegions().orElse(List.of()),
                    config.create(),
                    config.throughputMax(),
                    limits(config));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(COSMOS + "." + e.getMessage());
        }
    }

    /** Which region of the account each region of Berth is; empty where the account is one store. */
    static Optional<CosmosRegions> regions(BerthConfig.Cosmos config) {
        if (config.azureRegions().isEmpty()) {
            return Optional.empty();
        }
        if (config.preferredRegions().isPresent()) {
            throw wrong("preferred-regions: each region of " + AZURE_REGIONS + " asks itself alone; leave it away");
        }
        try {
            return Optional.of(new CosmosRegions(config.azureRegions()));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** The same, if it fits the regions that Berth runs in: each of them, and no other. */
    static Optional<CosmosRegions> regions(BerthConfig config) {
        var named = regions(config.store().cosmos());
        var known = new TreeSet<>(config.regions().orElse(List.of()));
        named.map(CosmosRegions::azureNames).map(Map::keySet).ifPresent(names -> requireSame(known, names));
        return named;
    }

    private static void requireSame(Set<String> regions, Set<String> named) {
        for (var region : regions) {
            if (!named.contains(region)) {
                throw wrong(AZURE_REGIONS + "." + region + ": is not set, and berth.regions has it");
            }
        }
        for (var region : new TreeSet<>(named)) {
            if (!regions.contains(region)) {
                throw wrong(AZURE_REGIONS + "." + region + ": is set, and berth.regions does not have it");
            }
        }
    }

    private static ConfigurationException wrong(String what) {
        return new ConfigurationException(COSMOS + "." + what);
    }

    private static URI requireWeb(URI endpoint) {
        if (endpoint.getHost() == null || !List.of("https", "http").contains(endpoint.getScheme())) {
            throw new IllegalArgumentException("endpoint: must be https://HOST:PORT/");
        }
        return endpoint;
    }

    private static CosmosCredential credential(BerthConfig.Cosmos config) {
        if (config.key().isPresent() && config.keyFile().isPresent()) {
            throw new IllegalArgumentException("key and " + COSMOS + ".key-file are both set");
        }
        return config.key()
                .<CosmosCredential>map(CosmosCredential.Key::new)
                .or(() -> config.keyFile().map(CosmosCredential.KeyFile::new))
                .orElseGet(CosmosCredential.Identity::new);
    }

    private static CosmosStoreOptions.Mode mode(BerthConfig.Cosmos.Mode mode) {
        return switch (mode) {
            case DIRECT -> CosmosStoreOptions.Mode.DIRECT;
            case GATEWAY -> CosmosStoreOptions.Mode.GATEWAY;
        };
    }

    private static CosmosLimits limits(BerthConfig.Cosmos config) {
        return new CosmosLimits(
                config.requestTimeMax(),
                config.throttleWaitMax(),
                config.answerWaitMax(),
                config.retriesMax(),
                config.retryDelay(),
                config.requestsInFlightMax(),
                config.requestsWaitingMax(),
                config.breakAfter(),
                config.breakFor(),
                config.bulkInFlightMax());
    }
}
