package dev.berth.provisioning;

import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a device registers, and when.
 *
 * @param generation fencing number, 1 for the first assignment; it only grows
 * @param slot the instant at which DPS may see its registration
 */
public record Assignment(DpsInstanceId instance, long generation, Instant slot) {
    public static final long FIRST_GENERATION = 1;

    /** The same assignment with another slot. */
    public Assignment at(Instant freshSlot) {
        return new Assignment(instance, generation, freshSlot);
    }

    /** Whether the device has lost its slot: it had to begin by now. */
    public boolean hasPassed(Instant now, Duration registerWithin) {
        return now.isAfter(slot.plus(registerWithin));
    }
}
