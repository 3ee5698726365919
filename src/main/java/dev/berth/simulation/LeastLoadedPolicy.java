package dev.berth.simulation;

import java.util.random.RandomGenerator;

/** A broker that names the instance with the fewest devices, the same one again for a device it knows, and says nothing of when. */
final class LeastLoadedPolicy implements Policy {
    private final SimulationPlan plan;
    private final VirtualClock clock;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final int[] assigned;

    LeastLoadedPolicy(SimulationPlan plan, VirtualClock clock, RandomGenerator random) {
        this.plan = plan;
        this.clock = clock;
        this.random = random;
        this.backoff = new Backoff(plan.devices(), random);
        this.assigned = new int[plan.instances()];
    }

    @Override
    public Move ask(int device) {
        int emptiest = 0;
        for (int i = 1; i < assigned.length; i++) {
            emptiest = assigned[i] < assigned[emptiest] ? i : emptiest;
        }
        assigned[emptiest]++;
        return at(emptiest, clock.nanos());
    }

    @Override
    public Move failed(int device, int instance) {
        return at(instance, clock.nanos() + backoff.next(device));
    }

    @Override
    public boolean asksSomebody() {
        return true;
    }

    private Move at(int instance, long nanos) {
        return new Move.Register(instance, nanos, nanos + plan.spread().delay(random));
    }
}
