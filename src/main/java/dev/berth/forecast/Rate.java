package dev.berth.forecast;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast registrations are used up.
 *
 * @param registrations new devices within the window
 * @param perHour how many in an hour of it; where counting began within the window, of the time since then, but of an hour at least
 * @param runsOutAt when nothing remains at this rate; null if that is not within {@link #HORIZON}
 */
public record Rate(
        RateWindow window,
        long registrations,
        double perHour,
        @Nullable Instant runsOutAt) {
    /** Who looks further ahead should not do so by a rate. */
    public static final Duration HORIZON = Duration.ofDays(3_650);

    private static final double HOUR_SECONDS = 3_600;

    static Rate of(RateWindow window, RegistrationHistory history, long remaining, Instant now) {
        double registrations = history.within(window.length(), now);
        double perHour =
                registrations * HOUR_SECONDS / counted(window, history, now).toSeconds();
        double hours = remaining / perHour; // infinite, or not a number, without a rate
        boolean runsOut = remaining == 0 || hours * HOUR_SECONDS <= HORIZON.toSeconds();
        return new Rate(
                window,
                Math.round(registrations),
                perHour,
                runsOut ? now.plusSeconds(remaining == 0 ? 0 : (long) (hours * HOUR_SECONDS)) : null);
    }

    private static Duration counted(RateWindow window, RegistrationHistory history, Instant now) {
        Duration age = Duration.between(history.since(), now);
        if (age.compareTo(window.length()) >= 0) {
            return window.length();
        }
        return age.compareTo(RateWindow.HOUR.length()) < 0 ? RateWindow.HOUR.length() : age;
    }
}
