package dev.berth.simulation;

import java.util.random.RandomGenerator;

/**
 * Devices that know DPS alone, shared out over the instances evenly, and that follow Microsoft's advice for large deployments on a 429: at
 * least 1 s, and a random time up to {@code T / load} on top, where {@code T} is how long the whole fleet takes at the instances' rate.
 */
final class JitterPolicy implements Policy {
    /** The share of the rate that such a fleet aims at. */
    private static final double LOAD = 0.8;

    private static final long WAIT_MIN_NANOS = 1_000_000_000L;

    private final SimulationPlan plan;
    private final VirtualClock clock;
    private final RandomGenerator random;
    private final long jitterNanos;

    JitterPolicy(SimulationPlan plan, VirtualClock clock, RandomGenerator random) {
        this.plan = plan;
        this.clock = clock;
        this.random = random;
        this.jitterNanos = (long) (plan.nominal().toNanos() / LOAD) + 1;
    }

    @Override
    public Move ask(int device) {
        return plan.spread().registration(device % plan.instances(), clock.nanos(), random);
    }

    @Override
    public Move failed(int device, int instance) {
        return plan.spread()
                .registration(instance, clock.nanos() + WAIT_MIN_NANOS + random.nextLong(jitterNanos), random);
    }

    @Override
    public boolean asksSomebody() {
        return false;
    }
}
