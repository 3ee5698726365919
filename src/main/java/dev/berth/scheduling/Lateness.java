package dev.berth.scheduling;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long after their slots registrations came: a histogram in steps of {@value #STEP_MILLIS} ms. What lies outside of it did not come
 * because of a slot, and is left out.
 */
public final class Lateness {
    static final int STEP_MILLIS = 20;

    /** DPS's clock may be behind ours. */
    static final Duration LEAST = Duration.ofSeconds(-5);

    static final Duration MOST = Duration.ofMinutes(1);

    private final AtomicLongArray steps =
            new AtomicLongArray((int) (MOST.minus(LEAST).toMillis() / STEP_MILLIS));

    void add(Duration lateness) {
        long step = Math.floorDiv(lateness.minus(LEAST).toMillis(), (long) STEP_MILLIS);
        if (step >= 0 && step < steps.length()) {
            steps.incrementAndGet((int) step);
        }
    }

    /** How many were observed. */
    public long count() {
        long count = 0;
        for (int i = 0; i < steps.length(); i++) {
            count += steps.get(i);
        }
        return count;
    }

    /** The lateness that {@code share} of them stay within, rounded up to a step; empty if there are none. */
    public Optional<Duration> quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count()));
        long passed = 0;
        for (int i = 0; i < steps.length(); i++) {
            passed += steps.get(i);
            if (passed >= rank) {
                return Optional.of(LEAST.plusMillis((i + 1L) * STEP_MILLIS));
            }
        }
        return Optional.empty();
    }
}
