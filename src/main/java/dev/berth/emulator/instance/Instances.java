package dev.berth.emulator.instance;

import dev.berth.emulator.protocol.Ticker;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All emulated instances by their ID scopes and by their hosts, letter case ignored. */
public final class Instances {
    private final Map<String, EmulatedInstance> byIdScope = new LinkedHashMap<>();
    private final Map<String, EmulatedInstance> byHostName = new HashMap<>();

    public Instances(List<InstanceConfig> configs, Ticker ticker, CustomAllocation webhooks) {
        for (var instance : configs) {
            var emulated = new EmulatedInstance(instance, ticker, webhooks);
            byIdScope.put(key(instance.idScope()), emulated);
            byHostName.put(key(instance.hostName()), emulated);
        }
    }

    public @Nullable EmulatedInstance find(String idScope) {
        return byIdScope.get(key(idScope));
    }

    /** The instance whose real host, in any letter case and with or without a port, is this one. */
    public @Nullable EmulatedInstance byHost(String host) {
        int colon = host.indexOf(':');
        return byHostName.get(key(colon < 0 ? host : host.substring(0, colon)));
    }

    public Collection<EmulatedInstance> all() {
        return byIdScope.values();
    }

    private static String key(String idScope) {
        return idScope.toLowerCase(Locale.ROOT);
    }
}
