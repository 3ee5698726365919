package dev.berth.inventory;

import java.time.Duration;

/**
 * What one DPS instance allows; data, because it differs between instances and changes while Berth runs.
 *
 * @param registrationsPerMinute registrations in any 60 s
 * @param operationsPerMinute service-API operations in any 60 s
 * @param registrationsMax registration records in all
 * @param headroomPerMinute registrations a minute that are left to devices that do not come through Berth
 * @param arrivalSpread how far apart the delays of two devices can be between being told and being seen by DPS
 */
public record Limits(
        int registrationsPerMinute,
        int operationsPerMinute,
        long registrationsMax,
        int headroomPerMinute,
        Duration arrivalSpread) {
    public static final int PER_MINUTE_MAX = 1_000_000;
    public static final long REGISTRATIONS_MAX = 1_000_000_000;
    public static final Duration ARRIVAL_SPREAD_MAX = Duration.ofMinutes(1);

    /** The published quotas of one DPS instance, and the arrival spread of direct mode. */
    public static final Limits DPS = new Limits(1_000, 1_000, 1_000_000, 0, Duration.ofMillis(1_200));

    public Limits {
        new InvalidValueException.Check()
                .within(registrationsPerMinute, 1, PER_MINUTE_MAX, "/limits/registrationsPerMinute")
                .within(operationsPerMinute, 1, PER_MINUTE_MAX, "/limits/operationsPerMinute")
                .within(registrationsMax, 1, REGISTRATIONS_MAX, "/limits/registrationsMax")
                .within(headroomPerMinute, 0, registrationsPerMinute - 1L, "/limits/headroomPerMinute")
                .within(arrivalSpread.toMillis(), 0, ARRIVAL_SPREAD_MAX.toMillis(), "/limits/arrivalSpreadMillis")
                .orThrow();
    }
}
