package dev.berth.emulator.instance;

import java.time.Duration;

/** Starts full with one period's tokens and refills evenly; kept as the instant at which it would be full again. */
final class TokenBucket implements RateWindow {
    private final double nanosPerToken;
    private final double period;
    private double fullAt;

    TokenBucket(int limit, Duration period) {
        this.period = (double) period.toNanos();
        this.nanosPerToken = this.period / limit;
    }

    @Override
    public boolean tryAcquire(long now) {
        double next = Math.max(fullAt, (double) now) + nanosPerToken;
        // Half a nanosecond, because the sum of a bucket's shares is not exactly its period.
        if (next - (double) now > period + 0.5) {
            return false;
        }
        fullAt = next;
        return true;
    }
}
