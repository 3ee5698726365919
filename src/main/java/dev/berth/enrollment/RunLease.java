package dev.berth.enrollment;

import dev.berth.inventory.DpsInstanceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The right of this replica to sync one instance, for as long as nobody else takes it; and the record of how far it is. */
final class RunLease {
    private final SyncRuns runs;
    private final DpsInstanceId instance;
    private final InstantSource clock;
    private final List<String> notes = new ArrayList<>();
    private SyncRun run;
    private String version;
    private int done;
    private int total;
    private long operations;

    /** Another replica has taken the lease over: there is nothing more to do here. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost() {
            super("another replica has taken over");
        }
    }

    private RunLease(SyncRuns runs, DpsInstanceId instance, InstantSource clock, SyncRun run, String version) {
        this.runs = runs;
        this.instance = instance;
        this.clock = clock;
        this.run = run;
        this.version = version;
    }

    static Optional<RunLease> take(
            SyncRuns runs,
            DpsInstanceId instance,
            @Nullable String expectedVersion,
            String replica,
            InstantSource clock) {
        var run = SyncRun.started(replica, clock.instant());
        return runs.swap(instance, expectedVersion, run)
                .map(version -> new RunLease(runs, instance, clock, run, version));
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
        write(run.at(done, total, operations, notes, clock.instant()));
    }

    void finish(@Nullable String failure) {
        run = run.at(done, total, operations, notes, clock.instant());
        write(run.finished(failure, operations, clock.instant()));
    }

    void used(long operationsSoFar) {
        operations = operationsSoFar;
    }

    private void write(SyncRun next) {
        version = runs.swap(instance, version, next).orElseThrow(Lost::new);
        run = next;
    }
}
