package dev.berth.scheduling;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import org.jspecify.annotations.Nullable;

/** Names the queue of a pool: all devices of one key may go to the same instances. */
public record PoolKey(String value) {

    /** The pool of new devices that {@code trustAnchor} vouches for, narrowed to {@code geography} if there is one. */
    public static PoolKey of(TenantId owner, String trustAnchor, @Nullable String geography) {
        return new PoolKey("pool/" + owner + "/" + trustAnchor + (geography == null ? "" : "/" + geography));
    }

    /** The pool of devices that are known already: the one instance they belong to. */
    public static PoolKey of(DpsInstanceId instance) {
        return new PoolKey("instance/" + instance);
    }

    @Override
    public String toString() {
        return value;
    }
}
