package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why none of a pool's instances takes a device, gathered while they are tried; one request's, not thread-safe. */
final class Refusals {
    private final SchedulingSettings settings;
    private @Nullable Instant opensAt;
    private @Nullable Instant availableAt;

    Refusals(SchedulingSettings settings) {
        this.settings = settings;
    }

    void beyond(Instant slot) {
        opensAt = earlier(opensAt, slot);
    }

    void unavailable(Instant until) {
        availableAt = earlier(availableAt, until);
    }

    /** The earliest slot beyond the horizon; empty if there is none to wait for. */
    Optional<Instant> opensAt() {
        return Optional.ofNullable(opensAt);
    }

    /** If no slot is to be waited for: full only if every instance is, since one that cannot be asked may have room. */
    AdmissionDecision decision(Instant now) {
        return availableAt == null
                ? new AdmissionDecision.Full(settings.retryAfterMax())
                : new AdmissionDecision.Unavailable(settings.retryAfter(Duration.between(now, availableAt)));
    }

    private static Instant earlier(@Nullable Instant a, Instant b) {
        return a == null || b.isBefore(a) ? b : a;
    }
}
