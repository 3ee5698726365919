package dev.berth.simulation;

import java.time.Duration;

/** How many DPS instances a fleet needs, by its number and by the time it may take. */
public final class Sizing {
    /** Azure gives a subscription no more. */
    public static final int INSTANCES_OF_A_SUBSCRIPTION = 10;

    private Sizing() {}

    /**
     * Instances with which {@code plan}'s fleet is registered within {@code target}, and which hold it.
     *
     * @throws IllegalArgumentException if there is no time left after the fleet has come, or it takes too many
     */
    public static int instancesFor(SimulationPlan plan, Duration target) {
        long perInstance = target.toNanos() / plan.spacing().interval().toNanos();
        long byTime = perInstance < 1 ? Long.MAX_VALUE : Math.ceilDiv(plan.devices(), perInstance);
        long byNumber = Math.ceilDiv(plan.devices(), plan.registrationsMax());
        long needed = Math.max(byTime, byNumber);
        if (needed > SimulationPlan.INSTANCES_MAX) {
            throw new IllegalArgumentException("no %,d instances register %,d devices within %s"
                    .formatted(SimulationPlan.INSTANCES_MAX, plan.devices(), Durations.text(target)));
        }
        return (int) needed;
    }

    /** Subscriptions that have as many instances. */
    public static int subscriptionsFor(int instances) {
        return Math.ceilDiv(instances, INSTANCES_OF_A_SUBSCRIPTION);
    }

    /** The answer in a sentence. */
    public static String sentence(SimulationPlan plan, Duration target) {
        int instances = instancesFor(plan, target);
        return "%,d devices within %s: %,d %s, which take %,d %s; %s at best"
                .formatted(
                        plan.devices(),
                        Durations.text(target),
                        instances,
                        instances == 1 ? "instance" : "instances",
                        subscriptionsFor(instances),
                        subscriptionsFor(instances) == 1 ? "subscription" : "subscriptions",
                        Durations.text(plan.on(instances).ideal()));
    }
}
