package dev.berth.scheduling;

import dev.berth.inventory.Limits;
import java.time.Duration;
import java.time.Instant;

/**
 * How far apart the slots of one DPS instance are, so that no minute at its side ever holds more registrations than it allows.
 *
 * <p>The naive way counts: so many since the minute began, none left, wait for the next. Its flaw is the seam. A full count at the end of
 * one minute and another at the start of the next are twice the limit within a second, and DPS does not publish where its minutes begin,
 * or whether it has any: it may slide, or drain a bucket. A count of our own has a second flaw. We count answers, DPS counts arrivals, and
 * between the two lie a sleep, a clock and a network that differ from device to device.
 *
 * <p>So nothing is counted. Slots have a distance {@code T}, and a device is given an instant and not a permission. Let {@code L} be what
 * the instance allows in 60 s, less the headroom for registrations that do not come through Berth (or what its hubs take, if that is less), and {@code J} the arrival spread: every
 * registration is seen between {@code d} and {@code d + J} after its slot, for some {@code d} that all share. Of any {@code L}
 * registrations the outermost slots are at least {@code (L − 1)·T} apart, their arrivals therefore at least {@code (L − 1)·T − J}. With
 *
 * <pre>   T &gt; (60 s + J) / (L − 1)</pre>
 *
 * that is more than 60 s, wherever the 60 s begin: a sliding window, a fixed one and a bucket of {@code L} a minute are all content. With
 * {@code L = 1} there is no pair to be kept apart but any two neighbours, so {@code T > 60 s + J}.
 *
 * <p>This is the generic cell rate algorithm without a burst. The state is one instant, up to which slots are given
 * ({@link Ledger#slotsGivenUntil}); taking {@code n} slots adds {@code n·T}. A slot that passes unused is gone, since giving it later
 * would be a burst. The price is {@code J}: a spread of 1.2 s gives away 2 % of the limit, one of 5 s gives away 8 %.
 *
 * <p>The hubs behind an instance have an identity registry each, in which DPS makes the device; that of a small hub is slower than DPS. A
 * second timeline would give each device a second instant, of which only the later one counts: two sequences of which every member is at
 * least {@code T₁}, and at least {@code T₂}, after the one before are one sequence with the greater of the two. So the slower limit sets
 * {@code T}, and there is nothing else to keep.
 *
 * <p>Division rounds down to nanoseconds and one is added, which makes the inequality strict. A lowered limit counts for slots that are
 * leased from then on. Devices asleep until an older slot cannot be called back.
 */
public record SlotSpacing(Duration interval) {
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    public SlotSpacing {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("slots need a distance");
        }
    }

    /** The spacing that keeps {@code limits}, which have to leave at least one registration a minute after the headroom. */
    public static SlotSpacing of(Limits limits) {
        int perMinute = limits.pacedPerMinute();
        if (perMinute < 1) {
            throw new IllegalArgumentException(
                    "the headroom leaves no registration; whoever set the limits should have been told");
        }
        long window = MINUTE_NANOS + limits.arrivalSpread().toNanos();
        return new SlotSpacing(Duration.ofNanos(window / Math.max(1, perMinute - 1) + 1));
    }

    /** The instant {@code slots} slots after {@code from}. */
    public Instant after(Instant from, long slots) {
        return from.plusNanos(interval.toNanos() * slots);
    }

    /** How many whole spacings fit into {@code time}; none if it is negative. */
    public long fitInto(Duration time) {
        return time.isNegative() ? 0 : time.toNanos() / interval.toNanos();
    }

    /** How many slots there are in a second. */
    public double perSecond() {
        return 1e9 / interval.toNanos();
    }
}
