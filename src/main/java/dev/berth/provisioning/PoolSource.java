package dev.berth.provisioning;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.scheduling.QueueKey;
import java.util.List;
import java.util.Optional;

/** What provisioning has to know of the inventory. */
public interface PoolSource {

    /** The active instances of {@code owner} that may take {@code device} for the first time. */
    Pool poolFor(TenantId owner, DeviceIdentity device);

    /** The instance as it is now, whatever its state; empty if it is gone. */
    Optional<DpsInstance> instance(DpsInstanceId id);

    /** Whether slots of the instance can be had here: those of one that is at home in another region are given there alone. */
    default boolean isLeasedHere(DpsInstance instance) {
        return true;
    }

    /** The instances that may take a device, or why there are none. */
    sealed interface Pool {
        /** At least one instance; {@code queue} is the one that all devices of this pool share. */
        record Instances(QueueKey queue, List<DpsInstance> instances) implements Pool {}

        /** {@code reason} says what narrowed the pool to nothing. */
        record Empty(String reason) implements Pool {}
    }
}
