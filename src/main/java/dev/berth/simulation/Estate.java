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

/** The DPS instances as the inventory has them; one pool for all devices. */
final class Estate implements PoolSource {
    private static final QueueKey QUEUE = QueueKey.ofPool(Fleet.TENANT, Fleet.TENANT, Fleet.TRUST_ANCHOR, null);

    private final SimulationPlan plan;
    private final Map<DpsInstanceId, Integer> numbers = new HashMap<>();
    private final List<Optional<DpsInstance>> instances = new ArrayList<>();
    private Pool pool;

    Estate(SimulationPlan plan) {
        this.plan = plan;
        for (int i = 0; i < plan.instances(); i++) {
            DpsInstance instance = instance(i, plan.limitPerMinute());
            numbers.put(instance.id(), i);
            instances.add(Optional.of(instance));
        }
        this.pool = pool();
    }

    @Override
    public Pool poolFor(TenantId owner, DeviceIdentity device) {
        return pool;
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
        pool = pool();
    }

    private Pool pool() {
        return new Pool.Instances(
                QUEUE, instances.stream().map(Optional::orElseThrow).toList());
    }

    private DpsInstance instance(int number, int perMinute) {
        return new DpsInstance(
                new DpsInstanceId(Fleet.TENANT, "dps-" + (number + 1)),
                "0ne%08d".formatted(number + 1),
                "global.azure-devices-provisioning.net",
                "dps-%d.azure-devices-provisioning.net".formatted(number + 1),
                null,
                null,
                null,
                plan.limits(perMinute),
                1,
                DpsInstance.State.ACTIVE);
    }
}
