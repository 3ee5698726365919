package dev.berth.emulator.instance;

import java.time.Duration;

/** How an instance counts its minute; DPS does not publish which of them it uses. */
public enum WindowKind {
    /** Any period before now. */
    SLIDING,
    /** Periods that start at multiples of their length; two of them can meet in one sliding period. */
    FIXED,
    /** A bucket of one period's tokens that fills evenly; a full one and its refill can meet in one sliding period. */
    BUCKET;

    RateWindow open(int limit, Duration period) {
        return switch (this) {
            case SLIDING -> new SlidingWindow(limit, period);
            case FIXED -> new FixedWindow(limit, period);
            case BUCKET -> new TokenBucket(limit, period);
        };
    }
}
