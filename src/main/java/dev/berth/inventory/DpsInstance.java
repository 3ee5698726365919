package dev.berth.inventory;

import org.jspecify.annotations.Nullable;

/**
 * One Device Provisioning Service instance.
 *
 * @param idScope what a device names the instance by, for example {@code 0ne00AB12CD}
 * @param globalEndpoint host (and port, if not 443) that devices register at
 * @param serviceEndpoint host (and port) of the instance itself
 * @param weight its share among equally empty instances, 1 to 1000
 */
public record DpsInstance(
        DpsInstanceId id,
        String idScope,
        String globalEndpoint,
        String serviceEndpoint,
        @Nullable String subscription,
        @Nullable String geography,
        @Nullable String homeRegion,
        Limits limits,
        int weight,
        State state) {

    /** Whether it takes devices: {@code DRAINING} only those it has, {@code DISABLED} none. */
    public enum State {
        ACTIVE,
        DRAINING,
        DISABLED
    }
}
