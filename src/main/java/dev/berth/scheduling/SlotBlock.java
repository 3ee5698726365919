package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;

/** A run of consecutive slots that one replica has leased. */
record SlotBlock(Instant from, SlotSpacing spacing, int size) {
    static final SlotBlock NONE = new SlotBlock(Instant.EPOCH, new SlotSpacing(Duration.ofNanos(1)), 0);

    Instant slot(int index) {
        return spacing.after(from, index);
    }

    /** The earliest slot of whatever block comes next. */
    Instant until() {
        return spacing.after(from, size);
    }

    boolean isEmpty() {
        return size == 0;
    }

    SlotBlock first(int slots) {
        return new SlotBlock(from, spacing, slots);
    }

    SlotBlock last(int slots) {
        return new SlotBlock(slot(size - slots), spacing, slots);
    }

    /** {@code next}, and before it as many slots of this block, at most {@code keep}, as it continues. */
    SlotBlock followedBy(SlotBlock next, int keep) {
        if (next.isEmpty()) {
            return this;
        }
        if (!next.from().equals(until()) || !next.spacing().equals(spacing)) {
            return next;
        }
        SlotBlock kept = last(Math.min(keep, size));
        return new SlotBlock(kept.from(), spacing, kept.size() + next.size());
    }
}
