package dev.berth.simulation;

import java.util.random.RandomGenerator;

/** Which devices are told a slot and never come: exactly the planned share of all, each as likely as the other. */
final class Losses {
    private final RandomGenerator random;
    private int undecided;
    private int toLose;

    Losses(SimulationPlan plan, RandomGenerator random) {
        this.random = random;
        this.undecided = plan.devices();
        this.toLose = (int) Math.round(plan.devices() * plan.lostShare());
    }

    /** Decides about one more device. */
    boolean isLost() {
        boolean chosen = random.nextInt(undecided--) < toLose;
        toLose -= chosen ? 1 : 0;
        return chosen;
    }
}
