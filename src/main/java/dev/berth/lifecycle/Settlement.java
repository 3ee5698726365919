package dev.berth.lifecycle;

/**
 * What came of a count.
 *
 * @param counted registrations that DPS holds, whoever made them
 * @param committedBefore what the ledger said right before it was settled
 * @param committedAfter what it says since: what was counted, and what is promised and cannot be seen yet
 */
public record Settlement(long counted, long committedBefore, long committedAfter) {
    /** How far the ledger was off. */
    public long difference() {
        return committedAfter - committedBefore;
    }

    /** Registrations that devices were told to make, or that replicas hold grants for, and that were not there yet. */
    public long promised() {
        return Math.max(0, committedAfter - counted);
    }
}
