package dev.berth.emulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All emulated instances by their ID scopes, letter case ignored. */
final class Instances {
    private final Map<String, EmulatedInstance> byIdScope = new LinkedHashMap<>();

    Instances(EmulatorConfig config, Ticker ticker) {
        for (var instance : config.instances()) {
            byIdScope.put(key(instance.idScope()), new EmulatedInstance(instance, ticker));
        }
    }

    @Nullable EmulatedInstance find(String idScope) {
        return byIdScope.get(key(idScope));
    }

    Collection<EmulatedInstance> all() {
        return byIdScope.values();
    }

    private static String key(String idScope) {
        return idScope.toLowerCase(Locale.ROOT);
    }
}
