package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why none of a pool's instances takes a device, gathered while they are tried.
 *
 * @param opensAt the earliest slot beyond the horizon; null if there is none to wait for
 * @param availableAt when the first instance that cannot be asked now can be; null if all can
 */
record Refusals(@Nullable Instant opensAt, @Nullable Instant availableAt) {
    static final Refusals NONE = new Refusals(null, null);

    Refusals beyond(Instant slot) {
        return new Refusals(earlier(opensAt, slot), availableAt);
    }

    Refusals unavailable(Instant until) {
        return new Refusals(opensAt, earlier(availableAt, until));
    }

    /** If no slot is to be waited for: full only if every instance is, since one that cannot be asked may have room. */
    AdmissionDecision decision(SchedulingSettings settings, Instant now) {
        return availableAt == null
                ? new AdmissionDecision.Full(settings.retryAfterMax())
                : new AdmissionDecision.Unavailable(settings.retryAfter(Duration.between(now, availableAt)));
    }

    private static Instant earlier(@Nullable Instant a, Instant b) {
        return a == null || b.isBefore(a) ? b : a;
    }
}
