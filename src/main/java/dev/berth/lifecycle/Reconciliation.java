package dev.berth.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest count of one instance, at once the lease that lets one replica at a time do it, and all that another needs to go on.
 *
 * @param holder the replica
 * @param leaseUntil when another may take over, should this one have died; or when to go on, should it have been interrupted
 * @param interruption why it does not go on at the moment; null if it does
 * @param before what came of the one before
 */
public record Reconciliation(
        String holder,
        Instant leaseUntil,
        Instant startedAt,
        long operations,
        Stage stage,
        @Nullable String interruption,
        Stage.@Nullable Ended before) {
    /** A page takes less. Should it not, two replicas count the same, which does no harm: the ledger is settled once. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** What was counted earlier than this is not worth going on with. */
    static final Duration RESUMED_WITHIN = Duration.ofDays(1);

    static Reconciliation started(String holder, @Nullable Reconciliation last, Instant now) {
        return new Reconciliation(
                holder,
                now.plus(LEASE),
                now,
                0,
                new Stage.Beginning(last == null ? List.of() : last.nonEmptyGroups()),
                null,
                last == null ? null : last.ended());
    }

    /** The same, by {@code replica} from now on. */
    Reconciliation resumed(String replica, Instant now) {
        return new Reconciliation(replica, now.plus(LEASE), startedAt, operations, stage, null, before);
    }

    Reconciliation at(Stage next, long operationsSoFar, Instant now) {
        return new Reconciliation(holder, now.plus(LEASE), startedAt, operationsSoFar, next, null, before);
    }

    Reconciliation interrupted(String why, Instant until) {
        return new Reconciliation(holder, until, startedAt, operations, stage, why, before);
    }

    /** Whether a replica is at it, or it waits for better times; one that died is until its lease is over. */
    boolean isTaken(Instant now) {
        return stage instanceof Stage.Open && now.isBefore(leaseUntil);
    }

    /** Whether a replica is at it. */
    public boolean isRunning(Instant now) {
        return isTaken(now) && interruption == null;
    }

    /** Whether it is worth going on with. */
    boolean isResumable(Instant now) {
        return stage instanceof Stage.Open && now.isBefore(startedAt.plus(RESUMED_WITHIN));
    }

    private Stage.@Nullable Ended ended() {
        return stage instanceof Stage.Ended ended ? ended.summary() : before;
    }

    private List<String> nonEmptyGroups() {
        return stage.count().groups().stream()
                .filter(group -> group.registrations() > 0 || !group.done())
                .map(GroupCount::group)
                .toList();
    }
}
