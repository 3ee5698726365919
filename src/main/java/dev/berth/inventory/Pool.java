package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DPS instances that may take a new device, ordered by name. Owner, anchor and geography name the pool for as long as they stay;
 * instances come and go in it.
 *
 * @param geography where the devices must stay, or null for anywhere
 * @param emptyReason what narrowed the pool to nothing; null if it is not empty
 */
public record Pool(
        TenantId owner,
        String trustAnchor,
        @Nullable String geography,
        List<DpsInstance> instances,
        @Nullable String emptyReason) {
    public Pool {
        instances = List.copyOf(instances);
        if (instances.isEmpty() == (emptyReason == null)) {
            throw new IllegalArgumentException("an empty pool has a reason, and no other has one");
        }
    }

    public boolean isEmpty() {
        return instances.isEmpty();
    }
}
