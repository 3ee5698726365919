package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;

/** How often something was wanted during about the last second: a count that decays. Not thread-safe. */
final class Demand {
    private static final double MEMORY_NANOS = Duration.ofSeconds(1).toNanos();

    private double recent;
    private Instant at = Instant.EPOCH;

    void add(Instant now) {
        recent = recent(now) + 1;
        at = now;
    }

    double recent(Instant now) {
        double elapsed = Math.max(0, at.until(now).toNanos());
        return recent * Math.exp(-elapsed / MEMORY_NANOS);
    }
}
