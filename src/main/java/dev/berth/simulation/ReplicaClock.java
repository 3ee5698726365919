package dev.berth.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of a replica's machine: always a little off, and sometimes set wrong. */
final class ReplicaClock implements InstantSource {
    private final VirtualClock truth;
    private long aheadNanos;
    private long truthNanos = Long.MIN_VALUE;
    private Instant instant = VirtualClock.START;

    ReplicaClock(VirtualClock truth, long aheadNanos) {
        this.truth = truth;
        this.aheadNanos = aheadNanos;
    }

    @Override
    public Instant instant() {
        if (truthNanos != truth.nanos()) {
            truthNanos = truth.nanos();
            instant = VirtualClock.START.plusNanos(truthNanos + aheadNanos);
        }
        return instant;
    }

    /** Sets it ahead of where it is, or back. */
    void set(Duration ahead) {
        aheadNanos += ahead.toNanos();
        truthNanos = Long.MIN_VALUE;
    }

    /** Of the same machine: it only counts. */
    long ticks() {
        return truth.nanos();
    }
}
