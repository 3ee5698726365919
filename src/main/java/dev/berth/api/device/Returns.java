package dev.berth.api.device;

import java.time.Duration;
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
    private long secondBegan;
    private long served;
    private long servedBefore;
    private long lastReturn;

    Returns(LongSupplier ticker) {
        this.ticker = ticker;
        secondBegan = ticker.getAsLong();
        lastReturn = secondBegan;
    }

    synchronized void served() {
        turn(ticker.getAsLong());
        served++;
    }

    /** How long the next one stays away. */
    synchronized Duration next() {
        long now = ticker.getAsLong();
        turn(now);
        long spacing = SECOND / (TWICE * Math.max(1, Math.max(served, servedBefore)));
        long wait = Math.max(lastReturn - now + spacing, SHORTEST.toNanos());
        if (wait > LONGEST.toNanos()) {
            wait = LONGEST.toNanos() / TWICE;
        }
        lastReturn = now + wait;
        return Duration.ofNanos(wait);
    }

    private void turn(long now) {
        if (now - secondBegan >= SECOND) {
            servedBefore = now - secondBegan < TWICE * SECOND ? served : 0;
            served = 0;
            secondBegan = now;
        }
    }
}
