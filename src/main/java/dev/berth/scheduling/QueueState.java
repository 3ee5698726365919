package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;

/**
 * A pool's queue: devices that came when every slot within the horizon was gone.
 *
 * <p>The naive queue is a list: the head goes in when there is room. Its flaw is that a device is not a thread that waits. It sleeps, comes
 * back late, comes back early, or never; a head that lost its power would hold up a million, and the list would be a million writes.
 *
 * <p>So all that is kept is two numbers. A ticket is a number, given once and stored with its device. The watermark is a number too, and a
 * device whose ticket lies below it may take a slot whenever it comes. Asking early, or often, or late changes neither.
 *
 * <p>How fast may the watermark move? In each second the pool's instances offer {@code R} new slots at the far end of the horizon, so
 * {@code R} tickets are admitted. If all came at once, all free slots {@code F} within the horizon would stay near none. That {@code F} is
 * there at all means that somebody was admitted and did not come, or that an instance has joined; so, beyond {@code R}, the watermark moves
 * by {@code F} within one lap ({@code absenceLap}). With a share {@code a} of holders absent this settles where
 * {@code F = R · lap · a / (1 − a)}: with every second device gone and a lap of 30 s, 30 s of slots lie free, of 600 s. No slot is lost
 * until all 600 s are free, that is, until 19 of 20 devices are absent, and then the lap still frees them at a growing pace. It never
 * moves by more than {@code F}, since to admit more than there are slots would only let them race.
 *
 * <p>The horizon is what makes this forgiving. Slots are bound ten minutes before they open, so whatever the watermark does a little too
 * late or too early costs order, within seconds, and no slot. The limits of an instance never depend on it.
 *
 * @param ticketsGiven the number the next ticket gets
 * @param watermark every ticket with a lower number is admitted; never above {@code ticketsGiven}
 * @param movedAt when the watermark moved last
 */
public record QueueState(long ticketsGiven, long watermark, Instant movedAt) {
    public static final QueueState EMPTY = new QueueState(0, 0, Instant.EPOCH);

    boolean isEmpty() {
        return waiting() == 0;
    }

    /** How many tickets are not admitted yet. */
    public long waiting() {
        return ticketsGiven - watermark;
    }

    /** Whether the holder of this ticket may take a slot now. */
    public boolean admits(Ticket ticket) {
        return ticket.number() < watermark;
    }

    /** How many tickets come before this one, of those that are not admitted yet. */
    public long ahead(Ticket ticket) {
        return Math.max(0, ticket.number() - watermark);
    }

    /** With {@code tickets} more given. Nobody has waited before the first one, so time counts from now on. */
    QueueState give(int tickets, Instant now) {
        return new QueueState(ticketsGiven + tickets, watermark, isEmpty() ? now : movedAt);
    }

    /** With the watermark where it may be now. What is less than one ticket is kept as time. */
    QueueState advance(PoolRate pool, Duration absenceLap, Instant now) {
        double elapsed = seconds(Duration.between(movedAt, now));
        if (isEmpty() || elapsed <= 0) {
            return this;
        }
        double speed = pool.slotsPerSecond() + pool.freeSlots() / seconds(absenceLap);
        long moves = (long) Math.min(pool.freeSlots(), speed * elapsed);
        if (moves < 1) {
            return this;
        }
        boolean allFree = moves >= pool.freeSlots();
        Instant accountedFor = allFree ? now : movedAt.plusNanos((long) (moves / speed * 1e9));
        return new QueueState(ticketsGiven, Math.min(ticketsGiven, watermark + moves), accountedFor);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
