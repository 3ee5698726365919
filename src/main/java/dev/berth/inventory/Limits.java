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
    /** The published quotas of one DPS instance, and the arrival spread of direct mode. */
    public static final Limits DPS = new Limits(1_000, 1_000, 1_000_000, 0, Duration.ofMillis(1_200));
}
