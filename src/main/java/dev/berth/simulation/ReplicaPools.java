package dev.berth.simulation;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.PoolSource;
import java.util.Optional;

/** The inventory as one replica saw it last. */
final class ReplicaPools implements PoolSource {
    private final Estate estate;
    private EstateSnapshot seen;

    ReplicaPools(Estate estate) {
        this.estate = estate;
        this.seen = estate.snapshot();
    }

    void look() {
        seen = estate.snapshot();
    }

    @Override
    public Pool poolFor(TenantId owner, DeviceIdentity device) {
        return seen.poolFor(owner, device);
    }

    @Override
    public Optional<DpsInstance> instance(DpsInstanceId id) {
        return seen.instance(id);
    }
}
