package dev.berth.enrollment;

import dev.berth.inventory.DpsInstanceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The right of this replica to sync one instance, for as long as nobody else takes it; and the record of how far it is. */
final class RunLease {
    private final HeldRun<SyncRun> held;
    private final InstantSource clock;
    private final List<String> notes = new ArrayList<>();
    private int done;
    private int total;
    private long operations;

    private RunLease(HeldRun<SyncRun> held, InstantSource clock) {
        this.held = held;
        this.clock = clock;
    }

    static Optional<RunLease> take(
            SyncRuns runs,
            DpsInstanceId instance,
            @Nullable String expectedVersion,
            String replica,
            InstantSource clock) {
        return HeldRun.take(runs, instance, expectedVersion, SyncRun.started(replica, clock.instant()))
                .map(held -> new RunLease(held, clock));
    }

    void total(int groups) {
        total = groups;
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    long operations() {
        return operations;
    }

    /** One more group is done. */
    void advance() {
        done++;
    }

    /** Prolongs the lease before the next step, and shows how far the run is. */
    void renew(long operationsSoFar) {
        operations = operationsSoFar;
        held.write(held.run().at(done, total, operations, notes, clock.instant()));
    }

    void finish(@Nullable String failure) {
        var run = held.run().at(done, total, operations, notes, clock.instant());
        held.write(run.finished(failure, operations, clock.instant()));
    }

    void used(long operationsSoFar) {
        operations = operationsSoFar;
    }
}
