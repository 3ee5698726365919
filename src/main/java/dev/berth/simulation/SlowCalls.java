package dev.berth.simulation;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Lets some calls of the store take time, between what a replica has read and what it writes. Whatever is due meanwhile happens meanwhile:
 * devices ask other replicas, which write what this one has read. One thread does all of it, so the call that began last ends first.
 */
final class SlowCalls {
    private static final Duration LONGEST = Duration.ofMillis(300);

    /** More calls are not under way at once. */
    private static final int UNDER_WAY_MAX = 8;

    private final double share;
    private final RandomGenerator random;
    private LongConsumer meanwhile = nanos -> {};
    private int underWay;

    SlowCalls(double share, RandomGenerator random) {
        this.share = share;
        this.random = random;
    }

    /** @param happens lets so many nanoseconds pass, with all that is due in them */
    void during(LongConsumer happens) {
        meanwhile = happens;
    }

    /** Whether a call takes long now; then time has passed. */
    boolean delay() {
        if (share == 0 || underWay == UNDER_WAY_MAX || random.nextDouble() >= share) {
            return false;
        }
        underWay++;
        meanwhile.accept(random.nextLong(LONGEST.toNanos()));
        underWay--;
        return true;
    }
}
