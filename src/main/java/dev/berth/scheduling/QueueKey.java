package dev.berth.scheduling;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import org.jspecify.annotations.Nullable;

/**
 * Names a queue: that of a pool, where new devices wait, or that of one instance, where its known devices do.
 *
 * @param name unique within {@code owner}; at most 200 characters
 */
public record QueueKey(TenantId owner, String name) {

    /** The queue of the new devices that {@code trustAnchor} of {@code origin} vouches for, narrowed to {@code geography} if any. */
    public static QueueKey ofPool(TenantId owner, TenantId origin, String trustAnchor, @Nullable String geography) {
        return new QueueKey(owner, "pool/" + origin + "/" + trustAnchor + "/" + (geography == null ? "*" : geography));
    }

    /** The queue of the devices that belong to {@code instance}. */
    public static QueueKey ofInstance(DpsInstanceId instance) {
        return new QueueKey(instance.tenant(), "instance/" + instance.name());
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
