package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;

/**
 * A bound on how often one caller may do a thing: {@code burst} times at once, then once every {@code period}. The state is the caller's,
 * one instant up to which it has paid, so that a bound for each of a million devices costs one field of its document.
 */
public record Gcra(Duration period, int burst) {

    /** At most {@code times} in an hour, give or take those that were saved up. */
    public static Gcra perHour(int times) {
        return new Gcra(Duration.ofHours(1).dividedBy(times), times);
    }

    /** Whether the thing may be done, and what it leaves. */
    public sealed interface Decision {
        /** It may; the caller has then paid until {@code paidUntil}. */
        record Allowed(Instant paidUntil) implements Decision {}

        /** It may not yet. */
        record Denied(Duration retryIn) implements Decision {}
    }

    /** Decides for a caller that has paid until {@code paidUntil}. */
    public Decision decide(Instant paidUntil, Instant now) {
        Instant next = (paidUntil.isAfter(now) ? paidUntil : now).plus(period);
        Instant allowedAt = next.minus(period.multipliedBy(burst));
        return allowedAt.isAfter(now)
                ? new Decision.Denied(Duration.between(now, allowedAt))
                : new Decision.Allowed(next);
    }
}
