package dev.berth.simulation;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.PoolSource;
import dev.berth.scheduling.QueueKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** The DPS instances as the inventory has them, and where the devices of each tenant may go. */
final class Estate implements PoolSource {
    /** Owns the instances that all tenants' devices share. */
    private static final TenantId OPERATOR = new TenantId("contoso");

    private final SimulationPlan plan;
    private final Tenants tenants;
    private final Map<DpsInstanceId, Integer> numbers = new HashMap<>();
    private final List<Optional<DpsInstance>> instances = new ArrayList<>();
    private List<Pool> pools;

    Estate(SimulationPlan plan, Tenants tenants) {
        this.plan = plan;
        this.tenants = tenants;
        for (int i = 0; i < plan.instances(); i++) {
            DpsInstance instance = instance(i, plan.limitPerMinute());
            numbers.put(instance.id(), i);
            instances.add(Optional.of(instance));
        }
        this.pools = pools();
    }

    @Override
    public Pool poolFor(TenantId owner, DeviceIdentity device) {
        return pools.get(tenants.numberOf(device.origin()));
    }

    @Override
    public Optional<DpsInstance> instance(DpsInstanceId id) {
        return instances.get(numberOf(id));
    }

    int numberOf(DpsInstanceId id) {
        return Objects.requireNonNull(numbers.get(id), "an instance of this estate");
    }

    DpsInstanceId id(int number) {
        return instances.get(number).orElseThrow().id();
    }

    /** The instance takes {@code perMinute} from now on. */
    void limit(int number, int perMinute) {
        instances.set(number, Optional.of(instance(number, perMinute)));
        pools = pools();
    }

    private List<Pool> pools() {
        return IntStream.range(0, tenants.count()).mapToObj(this::pool).toList();
    }

    private Pool pool(int tenant) {
        Geography geography = tenants.tenancy(tenant).geography();
        return new Pool.Instances(
                QueueKey.ofPool(
                        OPERATOR,
                        tenants.id(tenant),
                        Fleet.TRUST_ANCHOR,
                        geography == null ? null : geography.toString()),
                IntStream.range(0, instances.size())
                        .filter(tenants.tenancy(tenant)::mayUse)
                        .mapToObj(number -> instances.get(number).orElseThrow())
                        .toList());
    }

    private DpsInstance instance(int number, int perMinute) {
        return new DpsInstance(
                new DpsInstanceId(OPERATOR, "dps-" + (number + 1)),
                "0ne%08d".formatted(number + 1),
                "global.azure-devices-provisioning.net",
                "dps-%d.azure-devices-provisioning.net".formatted(number + 1),
                null,
                Geography.of(number).toString(),
                null,
                plan.limits(perMinute),
                1,
                DpsInstance.State.ACTIVE);
    }
}
