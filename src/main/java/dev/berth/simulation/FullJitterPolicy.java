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
        return at(device % plan.instances(), clock.nanos());
    }

    @Override
    public Move failed(int device, int instance) {
        return at(instance, clock.nanos() + backoff.next(device));
    }

    @Override
    public boolean asksSomebody() {
        return false;
    }

    private Move at(int instance, long nanos) {
        return new Move.Register(instance, nanos, nanos + plan.spread().delay(random));
    }
}
