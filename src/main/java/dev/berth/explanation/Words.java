package dev.berth.explanation;

import java.time.Duration;
import java.util.Locale;

/** How numbers and times are said in sentences. */
final class Words {
    private Words() {}

    /** For example {@code 12.3 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Seconds below two minutes, else minutes and hours. */
    static String time(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
        }
        return duration.compareTo(Duration.ofHours(2)) < 0
                ? duration.toMinutes() + " min"
                : String.format(Locale.ROOT, "%.1f h", duration.toMinutes() / 60.0);
    }

    /** For example {@code 1 more queue waits} and {@code 2 more queues wait}. */
    static String moreQueuesWait(int count) {
        return count == 1 ? "1 more queue waits" : count + " more queues wait";
    }

    /** For example {@code 1 ticket is} and {@code 2 tickets are}. */
    static String areTickets(long count) {
        return count == 1 ? "1 ticket is" : count + " tickets are";
    }
}
