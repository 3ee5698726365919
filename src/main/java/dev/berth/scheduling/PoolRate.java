package dev.berth.scheduling;

import java.time.Duration;

/**
 * What an instance, or a queue's part of several, can take.
 *
 * @param slotsPerSecond that open at the far end of the horizon
 * @param freeSlots within the horizon, that no device has yet
 */
record PoolRate(double slotsPerSecond, double freeSlots) {
    static final PoolRate NOTHING = new PoolRate(0, 0);

    PoolRate plus(PoolRate other) {
        return new PoolRate(slotsPerSecond + other.slotsPerSecond, freeSlots + other.freeSlots);
    }

    PoolRate times(double share) {
        return new PoolRate(slotsPerSecond * share, freeSlots * share);
    }

    /** Whether the slots of the last {@code time} are all free. */
    boolean isAheadBy(Duration time) {
        return freeSlots >= slotsPerSecond * time.toNanos() / 1e9;
    }
}
