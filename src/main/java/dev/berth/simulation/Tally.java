package dev.berth.simulation;

import java.util.Arrays;

/** What is counted while a simulation runs. */
final class Tally {
    private final SimulationPlan plan;
    private final long[] toldAt;
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
        this.toldAt = new long[plan.instances()];
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

    SimulationResult result(Fleet fleet, DpsModel[] dps, SimulatedStore store, double wallSeconds) {
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
                jain(),
                wallSeconds);
    }

    private double budgetUse() {
        double offeredByEach = 1
                + Math.max(0, lastSlot - firstSlot)
                        / (double) plan.spacing().interval().toNanos();
        return Math.min(1, told / (offeredByEach * plan.instances()));
    }

    private double jain() {
        double sum = 0;
        double squares = 0;
        for (long count : toldAt) {
            sum += count;
            squares += (double) count * count;
        }
        return squares == 0 ? 1 : sum * sum / (toldAt.length * squares);
    }

    private double perTold(long writes) {
        return told == 0 ? 0 : (double) writes / told;
    }
}
