package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;

/** An instance that may take the device, and how it stands. */
record Candidate(DpsInstance instance, Standing standing) {

    /** How full it is, between 0 and 1, in relation to its weight. */
    double weightedShareUsed() {
        return (double) standing.used() / Math.max(1, instance.limits().registrationsMax()) / instance.weight();
    }

    long remaining() {
        return Math.max(0, instance.limits().registrationsMax() - standing.used());
    }
}
