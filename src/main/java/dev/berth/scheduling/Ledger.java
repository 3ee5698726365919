package dev.berth.scheduling;

import java.time.Instant;

/**
 * The one shared fact about a DPS instance: what of its rate and of its capacity is taken. The two are counted apart, because a device
 * that registers again takes a slot but no capacity.
 *
 * <p>Whoever counts what the instance really holds needs minutes for it, while devices go on registering. So a count begins by raising
 * {@code epoch}, in the same swap in which it reads {@code committed}: every grant taken before belongs to an older epoch, every later one to
 * the new, and what the count finds is settled against the older ones alone.
 *
 * @param slotsGivenUntil the earliest instant the next slot may have
 * @param committed registrations that exist or may yet be made by replicas that hold the grant for them
 * @param epoch how many counts have begun
 * @param settledEpoch the newest epoch whose count was settled; so none is settled twice
 */
public record Ledger(Instant slotsGivenUntil, long committed, long epoch, long settledEpoch) {
    public static final Ledger UNUSED = new Ledger(Instant.EPOCH, 0);

    /** One of which nothing was ever counted. */
    public Ledger(Instant slotsGivenUntil, long committed) {
        this(slotsGivenUntil, committed, 0, 0);
    }

    /** A count begins. */
    public Ledger counting() {
        return new Ledger(slotsGivenUntil, committed, epoch + 1, settledEpoch);
    }

    /** The count of this epoch found {@code difference} more than was committed when it began, or less if that is negative. */
    public Ledger settled(long difference) {
        return new Ledger(slotsGivenUntil, Math.max(0, committed + difference), epoch, epoch);
    }

    /** Whether the count that began with {@code countedEpoch} can still be settled. */
    public boolean awaits(long countedEpoch) {
        return epoch == countedEpoch && settledEpoch < countedEpoch;
    }

    Ledger givenUntil(Instant until) {
        return new Ledger(until, committed, epoch, settledEpoch);
    }

    /** With {@code grants} more taken, or fewer if that is negative. */
    Ledger granted(int grants) {
        return new Ledger(slotsGivenUntil, Math.max(0, committed + grants), epoch, settledEpoch);
    }
}
