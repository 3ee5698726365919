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
        int emptiest = emptiest(assigned);
        assigned[emptiest]++;
        return plan.spread().registration(emptiest, clock.nanos(), random);
    }

    @Override
    public Move failed(int device, int instance) {
        return plan.spread().registration(instance, clock.nanos() + backoff.next(device), random);
    }

    @Override
    public boolean asksSomebody() {
        return true;
    }

    /** The first of the instances with the fewest devices. */
    static int emptiest(int[] devices) {
        int emptiest = 0;
        for (int i = 1; i < devices.length; i++) {
            emptiest = devices[i] < devices[emptiest] ? i : emptiest;
        }
        return emptiest;
    }
}
