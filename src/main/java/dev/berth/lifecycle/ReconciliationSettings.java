package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.scheduling.SchedulingSettings;
import java.time.Duration;

/**
 * How instances are counted, all of it data.
 *
 * @param interval how long after a count began the next one does
 * @param pageSize registrations asked for at once
 * @param settleAfter how long a count lasts at least: capacity that was taken before it has become a device by then, or never will
 * @param lookUpsMax single registrations that one count may ask for, of both kinds: those that may be missing, those that may be there twice
 * @param registrationsMax more registrations of one instance than this are not counted; each costs up to 32 bytes of memory meanwhile
 */
public record ReconciliationSettings(
        Duration interval, int pageSize, Duration settleAfter, int lookUpsMax, int registrationsMax) {
    /** An answer to a device is on its way for no longer than this, between the grant and the document. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    public static final ReconciliationSettings DEFAULT = new ReconciliationSettings(
            Duration.ofHours(6),
            DpsService.PAGE_MAX,
            SchedulingSettings.GRANTS_FRESH_FOR.plus(ANSWER_MAX),
            1_000,
            4_000_000);

    public ReconciliationSettings {
        require(interval.compareTo(Duration.ofMinutes(1)) >= 0, "the interval must be at least a minute");
        require(pageSize >= 1 && pageSize <= DpsService.PAGE_MAX, "pageSize must be 1 to " + DpsService.PAGE_MAX);
        require(
                settleAfter.compareTo(SchedulingSettings.GRANTS_FRESH_FOR) > 0,
                "settleAfter must exceed the time for which grants are fresh, or capacity in flight is lost");
        require(lookUpsMax >= 0, "lookUpsMax must not be negative");
        require(registrationsMax >= 1, "registrationsMax must be positive");
    }

    public ReconciliationSettings every(Duration newInterval) {
        return new ReconciliationSettings(newInterval, pageSize, settleAfter, lookUpsMax, registrationsMax);
    }

    public ReconciliationSettings withPageSize(int newPageSize) {
        return new ReconciliationSettings(interval, newPageSize, settleAfter, lookUpsMax, registrationsMax);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
