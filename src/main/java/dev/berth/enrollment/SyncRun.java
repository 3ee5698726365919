package dev.berth.enrollment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest run over one instance's enrollment groups, at once the lease that lets one replica at a time do it: whoever wrote it last, and
 * whose lease is not over, runs.
 *
 * @param holder the replica
 * @param leaseUntil when another may take over, should this one have died
 * @param finishedAt null while it runs
 * @param failure why it ended early; null if it did not
 */
public record SyncRun(
        String holder,
        Instant leaseUntil,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String failure,
        long operations,
        int groupsDone,
        int groupsTotal,
        List<String> notes) {
    /** A step takes less. Should it not, two replicas do the same, which does no harm: every write is conditional. */
    static final Duration LEASE = Duration.ofMinutes(2);

    public static final int NOTES_MAX = 50;

    public SyncRun {
        notes = notes.stream().limit(NOTES_MAX).toList();
    }

    static SyncRun started(String holder, Instant now) {
        return new SyncRun(holder, now.plus(LEASE), now, null, null, 0, 0, 0, List.of());
    }

    /** How far it is. */
    SyncRun at(int done, int total, long operationsSoFar, List<String> notesSoFar, Instant now) {
        return new SyncRun(holder, now.plus(LEASE), startedAt, null, null, operationsSoFar, done, total, notesSoFar);
    }

    SyncRun finished(@Nullable String why, long operationsInAll, Instant now) {
        return new SyncRun(holder, now, startedAt, now, why, operationsInAll, groupsDone, groupsTotal, notes);
    }

    /** Whether a replica is at it; one that died is until its lease is over. */
    public boolean isRunning(Instant now) {
        return finishedAt == null && now.isBefore(leaseUntil);
    }

    /** Whether it began after {@code instant} and came to its end. */
    boolean isDoneSince(Instant instant) {
        return finishedAt != null && failure == null && startedAt.isAfter(instant);
    }
}
