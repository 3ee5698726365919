package dev.berth.emulator.instance;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The shared access policies of one instance by their names. */
public final class Policies {
    private final Map<String, SharedAccessPolicy> byName = new HashMap<>();

    private Policies() {}

    /** That of the owner, unless the configuration has one of that name, and the others. */
    static Policies of(InstanceConfig config) {
        var policies = new Policies();
        policies.add(SharedAccessPolicy.owner(config.serviceKey()));
        config.serviceAccess().policies().forEach(policies::add);
        return policies;
    }

    private void add(SharedAccessPolicy policy) {
        byName.put(policy.name(), policy);
    }

    public Optional<SharedAccessPolicy> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
