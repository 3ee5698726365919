package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one instance stands.
 *
 * @param committed registrations that exist or are promised
 * @param nextSlot the first slot that no replica has leased
 * @param unavailableUntil until when it gets no device, or null if it can be used
 */
public record InstanceOutlook(
        DpsInstance instance,
        long committed,
        Instant nextSlot,
        @Nullable Instant unavailableUntil) {

    /** How many more registrations it can hold. */
    public long remaining() {
        return Math.max(0, instance.limits().registrationsMax() - committed);
    }

    public boolean isFull() {
        return remaining() == 0;
    }

    /** How far apart its slots are. */
    public SlotSpacing spacing() {
        return SlotSpacing.of(instance.limits());
    }
}
