package dev.berth.provisioning;

import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a device registers, and when.
 *
 * @param generation fencing number, 1 for the first assignment; it only grows
 * @param slot the instant at which DPS may see its registration
 * @param epoch of the instance's {@link dev.berth.scheduling.Ledger} when capacity was taken for it
 */
public record Assignment(DpsInstanceId instance, long generation, Instant slot, long epoch) {
    public static final long FIRST_GENERATION = 1;

    /** One whose capacity was taken before anything was counted. */
    public Assignment(DpsInstanceId instance, long generation, Instant slot) {
        this(instance, generation, slot, 0);
    }

    /** The same assignment with another slot. */
    public Assignment at(Instant freshSlot) {
        return new Assignment(instance, generation, freshSlot, epoch);
    }

    /** Whether the device has lost its slot: it had to begin by now. */
    public boolean hasPassed(Instant now, Duration registerWithin) {
        return now.isAfter(slot.plus(registerWithin));
    }
}
