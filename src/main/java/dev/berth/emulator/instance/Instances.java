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
    private final Ticker ticker;
    private volatile Index index;

    private record Index(Map<String, EmulatedInstance> byIdScope, Map<String, EmulatedInstance> byHostName) {
        static Index of(Collection<EmulatedInstance> instances) {
            var index = new Index(new LinkedHashMap<>(), new HashMap<>());
            for (var instance : instances) {
                index.byIdScope.put(key(instance.config().idScope()), instance);
                index.byHostName.put(key(instance.config().hostName()), instance);
            }
            return index;
        }
    }

    public Instances(List<InstanceConfig> configs, Ticker ticker, CustomAllocation webhooks) {
        this.ticker = ticker;
        this.index = Index.of(configs.stream()
                .map(config -> new EmulatedInstance(config, ticker, webhooks))
                .toList());
    }

    /** The time of all of them. */
    public Ticker ticker() {
        return ticker;
    }

    /** Puts instances in place of those of their ID scopes, all at once; whoever holds the former ones holds the past. */
    public synchronized void replace(Collection<EmulatedInstance> others) {
        var next = new LinkedHashMap<>(index.byIdScope());
        others.forEach(other -> next.replace(key(other.config().idScope()), other));
        index = Index.of(next.values());
    }

    public @Nullable EmulatedInstance find(String idScope) {
        return index.byIdScope().get(key(idScope));
    }

    /** The instance whose real host, in any letter case and with or without a port, is this one. */
    public @Nullable EmulatedInstance byHost(String host) {
        int colon = host.indexOf(':');
        return index.byHostName().get(key(colon < 0 ? host : host.substring(0, colon)));
    }

    public Collection<EmulatedInstance> all() {
        return index.byIdScope().values();
    }

    private static String key(String idScope) {
        return idScope.toLowerCase(Locale.ROOT);
    }
}
