package dev.berth.emulator.instance;

/** A limit per period. Pure: time is an argument, in nanoseconds that never go back. Not thread-safe. */
sealed interface RateWindow permits SlidingWindow, FixedWindow, TokenBucket {
    /** Takes one of what the limit leaves at {@code now}, or answers false and changes nothing. */
    boolean tryAcquire(long now);
}
