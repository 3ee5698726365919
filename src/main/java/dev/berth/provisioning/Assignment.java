package dev.berth.provisioning;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.scheduling.Choice;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a device registers, and when.
 *
 * @param generation fencing number, 1 for the first assignment; it only grows
 * @param slot the instant at which DPS may see its registration
 * @param epoch of the instance's {@link dev.berth.scheduling.Ledger} when capacity was taken for it
 * @param choice why it is this instance; null if nobody noted it
 */
public record Assignment(
        DpsInstanceId instance,
        long generation,
        Instant slot,
        long epoch,
        @Nullable Choice choice) {
    public static final long FIRST_GENERATION = 1;

    /** One whose capacity was taken before anything was counted. */
    public Assignment(DpsInstanceId instance, long generation, Instant slot) {
        this(instance, generation, slot, 0, null);
    }

    /** The same assignment with another slot. */
    public Assignment at(Instant freshSlot) {
        return new Assignment(instance, generation, freshSlot, epoch, choice);
    }

    /** The same assignment, and not a word of why. */
    Assignment withoutChoice() {
        return new Assignment(instance, generation, slot, epoch, null);
    }

    /** Whether the device has lost its slot: it had to begin by now. */
    public boolean hasPassed(Instant now, Duration registerWithin) {
        return now.isAfter(slot.plus(registerWithin));
    }
}
