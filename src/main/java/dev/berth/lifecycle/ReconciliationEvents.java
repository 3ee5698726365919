package dev.berth.lifecycle;

import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;

/** What reconciliations let the operator know; every method is cheap, never throws, and does nothing unless overridden. */
public interface ReconciliationEvents {
    ReconciliationEvents NONE = new ReconciliationEvents() {};

    /** A page was compared with the devices: so many of them were confirmed. */
    default void confirmed(DpsInstanceId instance, long devices) {}

    /** DPS says that it saw a device's registration {@code lateness} after its slot. */
    default void arrived(DpsInstanceId instance, Duration lateness) {}

    /** One came to its end. */
    default void ended(DpsInstanceId instance, Duration took, long operations, Stage.Ended outcome) {}

    /** One stopped on the way, to be gone on with later. */
    default void interrupted(DpsInstanceId instance, String why) {}
}
