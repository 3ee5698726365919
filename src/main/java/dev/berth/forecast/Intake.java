package dev.berth.forecast;

import dev.berth.scheduling.SlotSpacing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long more devices would take if all asked now: a slot each, on whichever instance has one first, while there is room.
 *
 * @param devices how many it was asked for
 * @param placed how many of them there is room for
 * @param lastSlot the slot of the last of these; null if there are none
 */
public record Intake(long devices, long placed, @Nullable Instant lastSlot) {
    public static final long DEVICES_MAX = 10_000_000;

    /** More than this are not laid out in time. */
    private static final long SLOTS_MAX = 5 * DEVICES_MAX;

    /**
     * One instance's part.
     *
     * @param room how many more it can hold
     */
    record Lane(Instant nextSlot, SlotSpacing spacing, long room) {
        /** How many of {@code wanted} have had their slot by {@code instant}. */
        long placedBy(Instant instant, long wanted) {
            return instant.isBefore(nextSlot)
                    ? 0
                    : Math.min(Math.min(room, wanted), spacing.fitInto(Duration.between(nextSlot, instant)) + 1);
        }

        Instant lastOf(long wanted) {
            return spacing.after(nextSlot, Math.max(0, Math.min(room, wanted) - 1));
        }
    }

    /** Of {@code devices} more, after the {@code waiting} who came before them. */
    static Intake of(long devices, long waiting, List<Lane> lanes) {
        long room = lanes.stream().mapToLong(Lane::room).sum();
        long slots = Math.min(Math.min(devices + waiting, room), SLOTS_MAX);
        long placed = Math.clamp(slots - waiting, 0, devices);
        return new Intake(devices, placed, placed == 0 ? null : lastSlot(slots, lanes));
    }

    /** The earliest instant by which so many have had their slot; halving finds it, since they only become more. */
    private static Instant lastSlot(long slots, List<Lane> lanes) {
        Instant early =
                lanes.stream().map(Lane::nextSlot).min(Instant::compareTo).orElseThrow();
        Instant late = lanes.stream()
                .map(lane -> lane.lastOf(slots))
                .max(Instant::compareTo)
                .orElseThrow();
        while (early.isBefore(late)) {
            Instant middle = early.plus(Duration.between(early, late).dividedBy(2));
            long placed = lanes.stream()
                    .mapToLong(lane -> lane.placedBy(middle, slots))
                    .sum();
            if (placed >= slots) {
                late = middle;
            } else {
                early = middle.plusNanos(1);
            }
        }
        return late;
    }
}
