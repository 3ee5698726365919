package dev.berth.simulation;

import java.util.random.RandomGenerator;

/** Devices that know DPS alone, shared out over the instances evenly, with full-jitter backoff. */
final class FullJitterPolicy implements Policy {
    private final SimulationPlan plan;
    private final VirtualClock clock;
    private final RandomGenerator random;
    private final Backoff backoff;

    FullJitterPolicy(SimulationPlan plan, VirtualClock clock, RandomGenerator random) {
        this.plan = plan;
        this.clock = clock;
        this.random = random;
        this.backoff = new Backoff(plan.devices(), random);
    }

    @Override
    public Move ask(int device) {
        return plan.spread().registration(device % plan.instances(), clock.nanos(), random);
    }

    @Override
    public Move failed(int device, int instance) {
        return plan.spread().registration(instance, clock.nanos() + backoff.next(device), random);
    }

    @Override
    public boolean asksSomebody() {
        return false;
    }
}
