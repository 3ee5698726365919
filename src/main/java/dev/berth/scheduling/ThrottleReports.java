package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What devices say of one instance's rate, and when that is believed. Not thread-safe.
 *
 * <p>A 429 that reaches a device means that somebody else registers there too, or that a limit was set too high. The instance then needs a
 * moment of peace, and the naive way is to pause it whenever a device reports one. Its flaw is that Berth was not there: a device may lie, or
 * its firmware may be broken, and one device that says 429 all day would close an instance for everybody.
 *
 * <p>So a report counts for little. It counts once for a slot, since only a device that was told a slot, and has not yet reported, is heard;
 * slots are given to one device some times an hour at most. It counts only near its slot ({@link #HEARD_WITHIN}). It takes
 * {@value #DEVICES_MIN} devices within a minute, and one in {@value #SHARE} of those that report at all, so that a fleet which
 * registers well outweighs a few. And if all of them lie together, a pause is short: it doubles while reports go on, up to
 * {@link #PAUSE_MAX}, and after each the instance is open for {@value #OPEN_FOR} times as long, whatever is said. So the worst that liars
 * can do is to take a quarter of the rate.
 *
 * <p>Each replica believes what it hears itself. A pause is written into the ledger, and so holds for all.
 */
final class ThrottleReports {
    static final int DEVICES_MIN = 3;
    static final int SHARE = 20;
    static final int OPEN_FOR = 3;
    static final Duration HEARD_WITHIN = Duration.ofMinutes(2);
    static final Duration PAUSE_MIN = Duration.ofSeconds(5);
    static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    /** More need not be remembered: as many are one in twenty of what five instances take in a minute. */
    static final int DEVICES_MAX = 256;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration CALM = Duration.ofMinutes(10);

    private final Map<String, Instant> throttled = new LinkedHashMap<>();
    private final Demand answered = new Demand(WINDOW);
    private Duration pause = PAUSE_MIN;
    private Instant pausedUntil = Instant.EPOCH;
    private Instant deafUntil = Instant.EPOCH;

    /** How long the instance should be left alone from {@code now} on; zero if it need not. */
    Duration heard(String device, Instant slot, RegistrationResult result, Instant now) {
        if (slot.isAfter(now) || slot.plus(HEARD_WITHIN).isBefore(now)) {
            return Duration.ZERO;
        }
        answered.add(now);
        if (result != RegistrationResult.THROTTLED || now.isBefore(deafUntil)) {
            return Duration.ZERO;
        }
        remember(device, now);
        return isBelieved(now) ? pause(now) : Duration.ZERO;
    }

    private void remember(String device, Instant now) {
        throttled.values().removeIf(at -> at.plus(WINDOW).isBefore(now));
        if (throttled.size() < DEVICES_MAX) {
            throttled.put(device, now);
        }
    }

    private boolean isBelieved(Instant now) {
        return throttled.size() >= DEVICES_MIN
                && (throttled.size() == DEVICES_MAX || throttled.size() * SHARE >= answered.recent(now));
    }

    private Duration pause(Instant now) {
        boolean again = now.isBefore(pausedUntil.plus(CALM));
        pause = again ? shorter(pause.multipliedBy(2), PAUSE_MAX) : PAUSE_MIN;
        pausedUntil = now.plus(pause);
        deafUntil = pausedUntil.plus(pause.multipliedBy(OPEN_FOR));
        throttled.clear();
        return pause;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
