package dev.berth.app;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Pools;
import dev.berth.provisioning.PoolSource;
import dev.berth.scheduling.QueueKey;
import java.util.Optional;

/** Provisioning's view of the inventory: the newest snapshot. */
final class SnapshotPools implements PoolSource {
    private final Pools pools;

    SnapshotPools(Pools pools) {
        this.pools = pools;
    }

    @Override
    public Pool poolFor(TenantId owner, DeviceIdentity device) {
        var pool = pools.snapshot().poolFor(owner, device.trustAnchor());
        return pool.emptyReason() == null
                ? new Pool.Instances(
                        QueueKey.ofPool(owner, device.origin(), device.trustAnchor(), pool.geography()),
                        pool.instances())
                : new Pool.Empty(pool.emptyReason());
    }

    @Override
    public Optional<DpsInstance> instance(DpsInstanceId id) {
        return pools.snapshot().dpsInstance(id);
    }

    @Override
    public boolean isLeasedHere(DpsInstance instance) {
        return pools.snapshot().isAtHome(instance);
    }
}
