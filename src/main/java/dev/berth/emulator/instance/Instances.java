package dev.berth.emulator.instance;

import dev.berth.emulator.protocol.Ticker;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All emulated instances by their ID scopes, letter case ignored. */
public final class Instances {
    private final Map<String, EmulatedInstance> byIdScope = new LinkedHashMap<>();

    public Instances(List<InstanceConfig> configs, Ticker ticker, CustomAllocation webhooks) {
        for (var instance : configs) {
            byIdScope.put(key(instance.idScope()), new EmulatedInstance(instance, ticker, webhooks));
        }
    }

    public @Nullable EmulatedInstance find(String idScope) {
        return byIdScope.get(key(idScope));
    }

    public Collection<EmulatedInstance> all() {
        return byIdScope.values();
    }

    private static String key(String idScope) {
        return idScope.toLowerCase(Locale.ROOT);
    }
}
