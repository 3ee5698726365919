package dev.berth.simulation;

import dev.berth.scheduling.ShareWeights;
import org.jspecify.annotations.Nullable;

/**
 * A tenant that shares instances with others.
 *
 * @param parts how much of the fleet is its own, in relation to the parts of all
 * @param weight what it counts at an instance for which others wait too
 * @param geography where its devices have to stay; null: they may go to any instance
 */
public record Tenancy(int parts, int weight, @Nullable Geography geography) {
    public static final int PARTS_MAX = 1_000_000;

    /** Of a fleet that is all one tenant's. */
    public static final Tenancy WHOLE = new Tenancy(1, 1, null);

    public Tenancy {
        if (parts < 1 || parts > PARTS_MAX) {
            throw new IllegalArgumentException("the parts of tenants must be 1 to %,d".formatted(PARTS_MAX));
        }
        if (weight < 1 || weight > ShareWeights.WEIGHT_MAX) {
            throw new IllegalArgumentException("weights must be 1 to %,d".formatted(ShareWeights.WEIGHT_MAX));
        }
    }

    /** Whether its devices may go to the instance of that number. */
    boolean mayUse(int instance) {
        return geography == null || geography == Geography.of(instance);
    }
}
