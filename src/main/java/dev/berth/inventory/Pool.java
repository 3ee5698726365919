package dev.berth.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DPS instances that may take a new device, ordered by name.
 *
 * @param emptyReason what narrowed the pool to nothing; null if it is not empty
 */
public record Pool(
        PoolKey key, List<DpsInstance> instances, @Nullable String emptyReason) {
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
