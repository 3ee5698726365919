package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;

/** What the scheduler lets its operator know; every method is cheap, never throws, and does nothing unless overridden. */
public interface SchedulingEvents {
    SchedulingEvents NONE = new SchedulingEvents() {};

    /** One slot went to a device. */
    default void slotGiven(DpsInstanceId instance) {}

    /** Slots of this replica opened before a device came for them. */
    default void slotsDropped(DpsInstanceId instance, int slots) {}

    /** A block of slots and some capacity were leased. */
    default void leased(DpsInstanceId instance, int slots, int grants) {}

    /** Another replica was faster at the instance's ledger; tried again. */
    default void ledgerConflict(DpsInstanceId instance) {}

    /** The ledger was further in the future than any sound clock could have put it, and was brought back. */
    default void ledgerCapped(DpsInstanceId instance) {}

    /** The store could not serve the instance's ledger. */
    default void ledgerUnavailable(DpsInstanceId instance) {}

    /** Devices were throttled by DPS, and so the instance gets none for {@code pause}. */
    default void throttled(DpsInstanceId instance, Duration pause) {}

    /** A device got a ticket. */
    default void ticketGiven(QueueKey queue) {}

    /** The queue was looked at, and so many of its tickets were not admitted yet. */
    default void queueSeen(QueueKey queue, long waiting) {}
}
