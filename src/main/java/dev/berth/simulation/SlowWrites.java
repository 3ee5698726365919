package dev.berth.simulation;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Lets some writes take time, after a replica has read what they rest on. Whatever is due meanwhile happens meanwhile:
 * devices ask other replicas, which write what this one has read. One thread does all of it, so the write that began last ends first.
 */
final class SlowWrites {
    private static final Duration LONGEST = Duration.ofMillis(300);

    /** No more are under way at once. */
    private static final int UNDER_WAY_MAX = 8;

    private final double share;
    private final RandomGenerator random;
    private LongConsumer meanwhile = nanos -> {};
    private int underWay;

    SlowWrites(double share, RandomGenerator random) {
        this.share = share;
        this.random = random;
    }

    /** @param happens lets so many nanoseconds pass, with all that is due in them */
    void during(LongConsumer happens) {
        meanwhile = happens;
    }

    /** Lets time pass, perhaps. */
    void perhapsWait() {
        if (share > 0 && underWay < UNDER_WAY_MAX && random.nextDouble() < share) {
            underWay++;
            meanwhile.accept(random.nextLong(LONGEST.toNanos()));
            underWay--;
        }
    }
}
