package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How often something was wanted of late, during about the last second unless told otherwise: a count that decays. Not thread-safe. */
final class Demand {
    private final double memoryNanos;
    private double recent;
    private Instant at = Instant.EPOCH;

    Demand() {
        this(Duration.ofSeconds(1));
    }

    Demand(Duration memory) {
        this.memoryNanos = memory.toNanos();
    }

    void add(Instant now) {
        recent = recent(now) + 1;
        at = now;
    }

    double recent(Instant now) {
        double elapsed = Math.max(0, at.until(now, ChronoUnit.NANOS));
        return recent * Math.exp(-elapsed / memoryNanos);
    }
}
