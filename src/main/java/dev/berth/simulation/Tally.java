package dev.berth.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What is counted while a simulation runs. */
final class Tally {
    private final SimulationPlan plan;
    private final long[] toldAt;
    private final long[] lastSlotOf;
    private long calls;
    private int lost;
    private int gaveUp;
    private int registered;
    private long told;
    private long firstSlot = Long.MAX_VALUE;
    private long lastSlot;
    private long lastArrival;

    Tally(SimulationPlan plan) {
        this.plan = plan;
        this.toldAt = new long[plan.instancesEver()];
        this.lastSlotOf = new long[plan.instancesEver()];
    }

    void called() {
        calls++;
    }

    void lost() {
        lost++;
    }

    void gaveUp() {
        gaveUp++;
    }

    void told(int instance, long slot) {
        told++;
        toldAt[instance]++;
        firstSlot = Math.min(firstSlot, slot);
        lastSlot = Math.max(lastSlot, slot);
        lastSlotOf[instance] = Math.max(lastSlotOf[instance], slot);
    }

    void registered(long nanos) {
        registered++;
        lastArrival = Math.max(lastArrival, nanos);
    }

    int registeredDevices() {
        return registered;
    }

    /** Devices that nothing more is expected of. */
    int settled() {
        return lost + gaveUp + registered;
    }

    SimulationResult result(World world, double wallSeconds) {
        Fleet fleet = world.fleet;
        DpsModel[] dps = world.dps;
        SimulatedStore store = world.store;
        return new SimulationResult(
                plan.devices(),
                lost,
                plan.instances(),
                plan.replicas(),
                plan.shape().toString(),
                plan.policy().toString(),
                plan.seed(),
                Math.max(0, (Math.max(lastArrival, lastSlot) - fleet.firstAsk(0)) / 1e9),
                plan.ideal().toNanos() / 1e9,
                plan.nominal().toNanos() / 1e9,
                Arrays.stream(dps).mapToLong(DpsModel::throttled).sum(),
                Arrays.stream(dps).mapToInt(DpsModel::worstMinute).max().orElse(0),
                plan.limitPerMinute(),
                budgetUse(),
                (double) calls / plan.devices(),
                perTold(store.schedulingWrites()),
                perTold(store.deviceWrites()),
                SimulationResult.Waits.of(fleet.sortedWaits()),
                Jain.index(Arrays.stream(toldAt).asDoubleStream().toArray()),
                wallSeconds,
                tenants(world),
                world.contention.jain());
    }

    private double budgetUse() {
        double offered =
                IntStream.range(0, toldAt.length).mapToDouble(this::offered).sum();
        return Math.min(1, told / offered);
    }

    /** From when it is there until all is over, or until it drains. */
    private double offered(int instance) {
        long from = Math.max(firstSlot, plan.joinsAt(instance).toNanos());
        long to = plan.hardship().drains(instance) ? lastSlotOf[instance] : lastSlot;
        return 1 + Math.max(0, to - from) / (double) plan.spacing().interval().toNanos();
    }

    private static List<TenantResult> tenants(World world) {
        return IntStream.range(0, world.tenants.count())
                .mapToObj(tenant -> tenant(world, tenant))
                .toList();
    }

    private static TenantResult tenant(World world, int tenant) {
        IntPredicate own = device -> world.tenants.of(device) == tenant;
        return new TenantResult(
                world.tenants.id(tenant).value(),
                (int) IntStream.range(0, world.fleet.size()).filter(own).count(),
                world.tenants.tenancy(tenant).weight(),
                world.contention.toldTo(tenant),
                SimulationResult.Waits.of(world.fleet.sortedWaits(own)));
    }

    private double perTold(long writes) {
        return told == 0 ? 0 : (double) writes / told;
    }
}
