package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;

/** How long a replica believes what it saw. What it saw in the future, by a clock that was set right since, it does not believe. */
record Freshness(Instant from, Instant until) {
    static final Freshness NEVER = new Freshness(Instant.MAX, Instant.MIN);

    static Freshness of(Instant now, Duration time) {
        return new Freshness(now, now.plus(time));
    }

    boolean includes(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
