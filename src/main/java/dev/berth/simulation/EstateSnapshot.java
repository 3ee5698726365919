package dev.berth.simulation;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.PoolSource;
import dev.berth.scheduling.QueueKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The inventory at one moment, and where the devices of each tenant may go then. */
final class EstateSnapshot implements PoolSource {
    private final Tenants tenants;
    private final Map<DpsInstanceId, Integer> numbers;
    private final List<Optional<DpsInstance>> instances;
    private final List<Pool> pools;

    /** @param numbers of all instances, those that have not joined yet among them */
    EstateSnapshot(List<DpsInstance> joined, Tenants tenants, Map<DpsInstanceId, Integer> numbers) {
        this.tenants = tenants;
        this.numbers = numbers;
        this.instances = joined.stream().map(Optional::of).toList();
        this.pools = IntStream.range(0, tenants.count())
                .mapToObj(tenant -> pool(tenant, joined))
                .toList();
    }

    @Override
    public Pool poolFor(TenantId owner, DeviceIdentity device) {
        return pools.get(tenants.numberOf(device.origin()));
    }

    @Override
    public Optional<DpsInstance> instance(DpsInstanceId id) {
        Integer number = numbers.get(id);
        return number != null && number < instances.size() ? instances.get(number) : Optional.empty();
    }

    private Pool pool(int tenant, List<DpsInstance> joined) {
        Tenancy tenancy = tenants.tenancy(tenant);
        String geography =
                tenancy.geography() == null ? null : tenancy.geography().toString();
        var key = QueueKey.ofPool(Estate.OPERATOR, tenants.id(tenant), Fleet.TRUST_ANCHOR, geography);
        var open = IntStream.range(0, joined.size())
                .filter(tenancy::mayUse)
                .mapToObj(joined::get)
                .filter(instance -> instance.state() == DpsInstance.State.ACTIVE)
                .toList();
        return open.isEmpty() ? new Pool.Empty("all instances drain") : new Pool.Instances(key, open);
    }
}
