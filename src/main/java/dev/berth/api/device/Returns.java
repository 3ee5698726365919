package dev.berth.api.device;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * When those who are sent away come back: one after the other, twice as many a second as were served in the last one, so that nobody who could be served is
 * missing and not all of them stand there again. Nobody is sent away for longer than {@link #LONGEST}; when so many are away, the next ones come among them.
 */
final class Returns {
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int TWICE = 2;

    private final LongSupplier ticker;
    /** Counted without a lock, since every request that is served passes here. */
    private final LongAdder served = new LongAdder();

    private long counted;
    private long countedAt;
    private long perSecond;
    private long lastReturn;

    Returns(LongSupplier ticker) {
        this.ticker = ticker;
        countedAt = ticker.getAsLong();
        lastReturn = countedAt;
    }

    void served() {
        served.increment();
    }

    /** How long the next one stays away. */
    synchronized Duration next() {
        long now = ticker.getAsLong();
        long spacing = SECOND / (TWICE * Math.max(1, servedInASecond(now)));
        long wait = Math.max(lastReturn - now + spacing, SHORTEST.toNanos());
        if (wait > LONGEST.toNanos()) {
            wait = LONGEST.toNanos() / TWICE;
        }
        lastReturn = now + wait;
        return Duration.ofNanos(wait);
    }

    /** Between the last two counts, which are a second or more apart, or in the second that has begun if that was better. */
    private long servedInASecond(long now) {
        long sum = served.sum();
        if (now - countedAt >= SECOND) {
            perSecond = (long) ((sum - counted) * ((double) SECOND / (now - countedAt)));
            counted = sum;
            countedAt = now;
        }
        return Math.max(perSecond, sum - counted);
    }
}
