package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The clock of one machine: some way from the truth, or stopped together with its machine. */
final class MachineClock implements InstantSource {
    private final InstantSource truth;
    private Duration offset = Duration.ZERO;
    private @Nullable Instant stoppedAt;

    MachineClock(InstantSource truth) {
        this.truth = truth;
    }

    @Override
    public Instant instant() {
        return stoppedAt == null ? truth.instant().plus(offset) : stoppedAt;
    }

    void goesWrongBy(Duration error) {
        offset = error;
    }

    void stops() {
        stoppedAt = instant();
    }

    /** From where it stopped. */
    void goesOn() {
        Instant reached = instant();
        stoppedAt = null;
        offset = Duration.between(truth.instant(), reached);
    }
}
