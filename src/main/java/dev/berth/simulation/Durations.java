package dev.berth.simulation;

import java.time.Duration;
import java.util.Locale;

/** Durations as a planner reads them. */
final class Durations {
    private static final long MINUTE = 60;
    private static final long HOUR = 3_600;

    private Durations() {}

    static String text(Duration duration) {
        return text(duration.toNanos() / 1e9);
    }

    /** {@code 3.2 s}, {@code 12 min 05 s}, {@code 17 h 01 min}. */
    static String text(double seconds) {
        if (seconds < 2 * MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < HOUR
                ? String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE)
                : String.format(Locale.ROOT, "%,d h %02d min", whole / HOUR, whole % HOUR / MINUTE);
    }
}
