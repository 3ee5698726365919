package dev.berth.scheduling;

import java.time.Duration;

/**
 * What a pool can take.
 *
 * @param slotsPerSecond of all its instances together
 * @param freeSlots within the horizon, that no device has yet
 */
record PoolRate(double slotsPerSecond, double freeSlots) {

    /** Whether the slots of the last {@code time} are all free. */
    boolean isAheadBy(Duration time) {
        return freeSlots >= slotsPerSecond * time.toNanos() / 1e9;
    }
}
