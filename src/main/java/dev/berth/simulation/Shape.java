package dev.berth.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** How the devices of a fleet come. */
public enum Shape {
    /** All are new, and power returns: they ask at once. */
    BLACKOUT,
    /** All were told an instance before and nobody knows whether they registered; power returns. */
    REASSIGNED,
    /** New devices, more in each hour than in the one before. */
    BLACK_FRIDAY,
    /** Registered devices that have to register again, in rings of 1, 9, 30 and 60 %. */
    UPDATE_WAVE,
    /** New devices, each by itself. */
    POISSON;

    private static final double[] RINGS_END = {0.01, 0.1, 0.4, 1};

    /** A ring has come after this share of the time between two rings. */
    private static final double RING_WIDTH = 0.2;

    /** Whether all come together, so that {@code over} is the length of a rush. */
    boolean atOnce() {
        return this == BLACKOUT || this == REASSIGNED;
    }

    /** Whether devices are known, and take no capacity. */
    boolean known() {
        return this == REASSIGNED || this == UPDATE_WAVE;
    }

    /** When each of {@code devices} asks first, in order, within {@code over} nanoseconds. */
    long[] arrivals(int devices, long over, RandomGenerator random) {
        var at = new long[devices];
        for (int i = 0; i < devices; i++) {
            at[i] = (long) (over * moment(random));
        }
        Arrays.sort(at);
        return at;
    }

    /** Between 0 and 1. */
    private double moment(RandomGenerator random) {
        double chance = random.nextDouble();
        return switch (this) {
            case BLACKOUT, REASSIGNED, POISSON -> chance;
            case BLACK_FRIDAY -> Math.sqrt(chance);
            case UPDATE_WAVE -> {
                int ring = 0;
                while (chance >= RINGS_END[ring]) {
                    ring++;
                }
                yield (ring + RING_WIDTH * random.nextDouble()) / RINGS_END.length;
            }
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
