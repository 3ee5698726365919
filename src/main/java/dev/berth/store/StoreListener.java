package dev.berth.store;

import dev.berth.fence.FenceEvents;
import java.time.Duration;

/**
 * Is told what a store does, so that somebody can count it. Called on the hot path, by many threads: an implementation returns at
 * once and does not throw.
 */
public interface StoreListener {
    /** Hears nothing. */
    StoreListener NONE = new StoreListener() {};

    /** The methods of the port, as metric labels call them. */
    enum Operation {
        FIND,
        INSERT,
        REPLACE,
        DELETE,
        INSERT_ALL,
        SCAN_PARTITION,
        SCAN_INDEX,
        SCAN_COLLECTION
    }

    /** How a call ended. A find that finds nothing is {@code DONE}. */
    enum Outcome {
        DONE,
        CONFLICT,
        UNAVAILABLE
    }

    /** A call ended, {@code duration} after it began. */
    default void completed(Operation operation, Duration duration, Outcome outcome) {}

    /** A group of {@code writes} became durable in one sync; {@code queued} more were waiting meanwhile. */
    default void committed(int writes, Duration duration, int queued) {}

    /** A request cost so many request units; of stores that bill their requests. */
    default void charged(Operation operation, double requestUnits) {}

    /** Hears of the fence around the requests; of stores that have one. */
    default FenceEvents fence() {
        return FenceEvents.NONE;
    }

    /** Writes are refused from now on, because of {@code reason}; reads go on. */
    default void suspended(String reason) {}

    /** Writes are taken again. */
    default void resumed() {}
}
