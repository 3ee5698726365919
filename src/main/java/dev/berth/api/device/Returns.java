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
    private final long began;
    private volatile Second second = new Second(0, 0);
    private long lastReturn;

    /** How many were served in it, and in the one before. Counted without a lock, since every request that is served passes here. */
    private record Second(long number, LongAdder served, long servedBefore) {
        Second(long number, long servedBefore) {
            this(number, new LongAdder(), servedBefore);
        }

        Second followedBy(long next) {
            return new Second(next, next == number + 1 ? served.sum() : 0);
        }

        long rate() {
            return Math.max(1, Math.max(served.sum(), servedBefore));
        }
    }

    Returns(LongSupplier ticker) {
        this.ticker = ticker;
        began = ticker.getAsLong();
        lastReturn = began;
    }

    void served() {
        at(ticker.getAsLong()).served().increment();
    }

    /** How long the next one stays away. */
    synchronized Duration next() {
        long now = ticker.getAsLong();
        long spacing = SECOND / (TWICE * at(now).rate());
        long wait = Math.max(lastReturn - now + spacing, SHORTEST.toNanos());
        if (wait > LONGEST.toNanos()) {
            wait = LONGEST.toNanos() / TWICE;
        }
        lastReturn = now + wait;
        return Duration.ofNanos(wait);
    }

    private Second at(long now) {
        long number = (now - began) / SECOND;
        var current = second;
        return number > current.number() ? after(number) : current;
    }

    private synchronized Second after(long number) {
        if (number > second.number()) {
            second = second.followedBy(number);
        }
        return second;
    }
}
