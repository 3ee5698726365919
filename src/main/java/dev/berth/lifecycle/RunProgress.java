package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.HeldRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How far a reconciliation that this replica holds is, written down at each stage and now and then in between. */
final class RunProgress {
    /** A crash loses no more of the count than this, nor than one chunk. */
    static final Duration SAVED_EVERY = Duration.ofSeconds(30);

    private final HeldRun<Reconciliation> held;
    private final DpsService service;
    private final InstantSource clock;
    private final long operationsBefore;
    private Instant savedAt;

    /** @param service whose operations from now on are this run's */
    RunProgress(HeldRun<Reconciliation> held, DpsService service, InstantSource clock) {
        this.held = held;
        this.service = service;
        this.clock = clock;
        this.operationsBefore = held.run().operations() - service.operations();
        this.savedAt = clock.instant();
    }

    Stage stage() {
        return held.run().stage();
    }

    Instant startedAt() {
        return held.run().startedAt();
    }

    void enter(Stage stage) {
        held.write(at(stage));
        savedAt = clock.instant();
    }

    /** Why it cannot come to its end. */
    Stage.Failed fail(String reason) {
        var failed = new Stage.Failed(stage().count(), reason, clock.instant());
        enter(failed);
        return failed;
    }

    /** That it stops at {@code reached}, and can be gone on with after {@code pause}. */
    void interrupt(Stage reached, String why, Duration pause) {
        held.write(at(reached).interrupted(why, clock.instant().plus(pause)));
    }

    boolean isSaveDue() {
        return !clock.instant().isBefore(savedAt.plus(SAVED_EVERY));
    }

    private Reconciliation at(Stage stage) {
        return held.run().at(stage, operationsBefore + service.operations(), clock.instant());
    }
}
