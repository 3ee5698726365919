package dev.berth.simulation;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstance.State;
import dev.berth.inventory.DpsInstanceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The DPS instances of the inventory as they are now; those that join later have a number, too. */
final class Estate {
    /** Owns the instances that all tenants' devices share. */
    static final TenantId OPERATOR = new TenantId("contoso");

    private final SimulationPlan plan;
    private final Tenants tenants;
    private final Map<DpsInstanceId, Integer> numbers = new HashMap<>();
    private final List<DpsInstance> joined = new ArrayList<>();
    private EstateSnapshot snapshot;

    Estate(SimulationPlan plan, Tenants tenants) {
        this.plan = plan;
        this.tenants = tenants;
        for (int number = 0; number < plan.instancesEver(); number++) {
            numbers.put(id(number), number);
        }
        for (int number = 0; number < plan.instances(); number++) {
            joined.add(instance(number, plan.limitPerMinute(), State.ACTIVE));
        }
        this.snapshot = newSnapshot();
    }

    /** All of it as it is now. */
    EstateSnapshot snapshot() {
        return snapshot;
    }

    int numberOf(DpsInstanceId id) {
        return Objects.requireNonNull(numbers.get(id), "an instance of this estate");
    }

    DpsInstanceId id(int number) {
        return new DpsInstanceId(OPERATOR, "dps-" + (number + 1));
    }

    /** The next instance is there. */
    void join() {
        joined.add(instance(joined.size(), plan.limitPerMinute(), State.ACTIVE));
        snapshot = newSnapshot();
    }

    /** The instance takes {@code perMinute} from now on. */
    void limit(int number, int perMinute) {
        replace(number, perMinute, joined.get(number).state());
    }

    /** The instance takes new devices, or keeps those that it has and takes no others. */
    void enter(State state, int number) {
        replace(number, joined.get(number).limits().registrationsPerMinute(), state);
    }

    private void replace(int number, int perMinute, State state) {
        joined.set(number, instance(number, perMinute, state));
        snapshot = newSnapshot();
    }

    private EstateSnapshot newSnapshot() {
        return new EstateSnapshot(joined, tenants, numbers);
    }

    private DpsInstance instance(int number, int perMinute, State state) {
        return new DpsInstance(
                id(number),
                "0ne%08d".formatted(number + 1),
                "global.azure-devices-provisioning.net",
                "dps-%d.azure-devices-provisioning.net".formatted(number + 1),
                null,
                Geography.of(number).toString(),
                null,
                plan.limits(perMinute),
                1,
                state);
    }
}
