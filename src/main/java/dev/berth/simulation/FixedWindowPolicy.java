package dev.berth.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A front end that lets each instance's limit through in every minute of its own clock, and has the rest come back with full jitter. */
final class FixedWindowPolicy implements Policy {
    private final SimulationPlan plan;
    private final VirtualClock clock;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final int[] admitted;
    private final long phase;
    private long minute;

    FixedWindowPolicy(SimulationPlan plan, VirtualClock clock, RandomGenerator random) {
        this.plan = plan;
        this.clock = clock;
        this.random = random;
        this.backoff = new Backoff(plan.devices(), random);
        this.admitted = new int[plan.instances()];
        this.phase = random.nextLong(DpsWindow.MINUTE_NANOS);
    }

    @Override
    public Move ask(int device) {
        long current = (clock.nanos() + phase) / DpsWindow.MINUTE_NANOS;
        if (current != minute) {
            minute = current;
            Arrays.fill(admitted, 0);
        }
        int emptiest = LeastLoadedPolicy.emptiest(admitted);
        if (admitted[emptiest] >= plan.limitPerMinute()) {
            return failed(device, emptiest);
        }
        admitted[emptiest]++;
        return plan.spread().registration(emptiest, clock.nanos(), random);
    }

    @Override
    public Move failed(int device, int instance) {
        return new Move.Ask(clock.nanos() + backoff.next(device));
    }

    @Override
    public boolean asksSomebody() {
        return true;
    }
}
