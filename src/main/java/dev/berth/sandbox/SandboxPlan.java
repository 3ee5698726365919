package dev.berth.sandbox;

/**
 * What a sandbox is made of.
 *
 * @param limitPerMinute the registrations a minute that each emulated instance takes
 * @param replicas of the service, all on one store; the first in this process, the others in their own
 */
public record SandboxPlan(int instances, int limitPerMinute, SandboxStore store, int replicas) {
    private static final int REPLICAS_MAX = 8;

    public SandboxPlan {
        DemoPlan.requireInstances(instances, limitPerMinute);
        if (replicas < 1 || replicas > REPLICAS_MAX) {
            throw new IllegalArgumentException("replicas must be 1 to " + REPLICAS_MAX);
        }
        if (replicas > 1 && store == SandboxStore.EMBEDDED) {
            throw new IllegalArgumentException("several replicas share a store: add --store cosmos");
        }
    }
}
