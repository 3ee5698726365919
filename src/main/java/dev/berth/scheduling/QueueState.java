package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A pool's queue: devices that came when every slot within the horizon was gone.
 *
 * <p>The naive queue is a list: the head goes in when there is room. Its flaw is that a device is not a thread that waits. It sleeps, comes
 * back late, comes back early, or never; a head that lost its power would hold up a million, and the list would be a million writes.
 *
 * <p>So what is kept is two numbers. A ticket is a number, given once and stored with its device. The watermark is a number too, and a
 * device whose ticket lies below it may take a slot whenever it comes. Asking early, or often, or late changes neither.
 *
 * <p>How fast may the watermark move? In each second the pool's instances offer {@code R} new slots at the far end of the horizon, or as
 * much of them as is the pool's share ({@link InstanceShares}), so {@code R} tickets are admitted. If all came at once, all free slots {@code F} within the horizon would stay near none. That {@code F} is
 * there at all, but for a reserve ({@link PoolRate}) that is not counted here, means that somebody was admitted and did not come, or that an
 * instance has joined; so, beyond {@code R}, the watermark moves by {@code F} (the same share of it) within one lap ({@code absenceLap}). With a share {@code a} of holders absent this settles where
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
 * @param instances the names of the owner's instances that its devices may go to: where the others have to share with it
 */
public record QueueState(long ticketsGiven, long watermark, Instant movedAt, Set<String> instances) {
    public static final QueueState EMPTY = new QueueState(0, 0, Instant.EPOCH);

    /** The watermark rests as long after each move: with many replicas each would write it for a ticket or two. */
    private static final double REST_SECONDS = 1;

    public QueueState {
        instances = Set.copyOf(instances);
    }

    /** One of which nobody said where its devices may go. */
    public QueueState(long ticketsGiven, long watermark, Instant movedAt) {
        this(ticketsGiven, watermark, movedAt, Set.of());
    }

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
        return new QueueState(ticketsGiven + tickets, watermark, isEmpty() ? now : movedAt, instances);
    }

    /** With its devices now going to {@code names}. */
    QueueState at(Set<String> names) {
        return new QueueState(ticketsGiven, watermark, movedAt, names);
    }

    /** The further of two states of one queue; neither number ever falls. */
    QueueState newer(QueueState other) {
        return other.ticketsGiven < ticketsGiven || other.watermark < watermark ? this : other;
    }

    /** With the watermark where it may be now. What is less than one ticket is kept as time. */
    QueueState advance(PoolRate pool, Duration absenceLap, Instant now) {
        double elapsed = seconds(Duration.between(movedAt, now));
        if (isEmpty() || elapsed < REST_SECONDS) {
            return this;
        }
        double speed = pool.ticketsPerSecond(absenceLap);
        long moves = (long) Math.min(Math.ceil(pool.freeSlots()), speed * elapsed);
        if (moves < 1) {
            return this;
        }
        boolean allFree = moves >= pool.freeSlots();
        Instant accountedFor = allFree ? now : movedAt.plusNanos((long) (moves / speed * 1e9));
        return new QueueState(ticketsGiven, Math.min(ticketsGiven, watermark + moves), accountedFor, instances);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
