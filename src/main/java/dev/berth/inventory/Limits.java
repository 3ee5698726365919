package dev.berth.inventory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one DPS instance allows; data, because it differs between instances and changes while Berth runs.
 *
 * @param registrationsPerMinute registrations in any 60 s
 * @param operationsPerMinute service-API operations in any 60 s
 * @param registrationsMax registration records in all
 * @param headroomPerMinute registrations a minute that are left to devices that do not come through Berth
 * @param arrivalSpread how far apart the delays of two devices can be between being told and being seen by DPS
 * @param enrollmentGroupsMax enrollment groups with certificates in all, other people's included
 * @param certificateAuthoritiesMax uploaded CAs in all
 * @param hubRegistrationsPerMinute what the identity registries of its linked hubs take in any 60 s, or null if DPS is the slower one; of a
 *     hub that several instances share, this instance's part
 */
public record Limits(
        int registrationsPerMinute,
        int operationsPerMinute,
        long registrationsMax,
        int headroomPerMinute,
        Duration arrivalSpread,
        int enrollmentGroupsMax,
        int certificateAuthoritiesMax,
        @Nullable Integer hubRegistrationsPerMinute) {
    public static final int PER_MINUTE_MAX = 1_000_000;
    public static final long REGISTRATIONS_MAX = 1_000_000_000;
    public static final Duration ARRIVAL_SPREAD_MAX = Duration.ofMinutes(1);
    public static final int ENROLLMENT_GROUPS_MAX = 10_000;
    public static final int CERTIFICATE_AUTHORITIES_MAX = 10_000;

    private static final int ENROLLMENT_GROUPS_OF_DPS = 100;
    private static final int CERTIFICATE_AUTHORITIES_OF_DPS = 25;

    /** The published quotas of one DPS instance, and the arrival spread of direct mode. */
    public static final Limits DPS = new Limits(1_000, 1_000, 1_000_000, 0, Duration.ofMillis(1_200));

    public Limits {
        new InvalidValueException.Check()
                .within(registrationsPerMinute, 1, PER_MINUTE_MAX, "/limits/registrationsPerMinute")
                .within(operationsPerMinute, 1, PER_MINUTE_MAX, "/limits/operationsPerMinute")
                .within(registrationsMax, 1, REGISTRATIONS_MAX, "/limits/registrationsMax")
                .within(headroomPerMinute, 0, registrationsPerMinute - 1L, "/limits/headroomPerMinute")
                .within(arrivalSpread.toMillis(), 0, ARRIVAL_SPREAD_MAX.toMillis(), "/limits/arrivalSpreadMillis")
                .within(enrollmentGroupsMax, 0, ENROLLMENT_GROUPS_MAX, "/limits/enrollmentGroupsMax")
                .within(certificateAuthoritiesMax, 0, CERTIFICATE_AUTHORITIES_MAX, "/limits/certificateAuthoritiesMax")
                .within(
                        hubRegistrationsPerMinute == null ? PER_MINUTE_MAX : hubRegistrationsPerMinute,
                        1,
                        PER_MINUTE_MAX,
                        "/limits/hubRegistrationsPerMinute")
                .orThrow();
    }

    /** The same with hubs that are never slower than DPS. */
    public Limits(
            int registrationsPerMinute,
            int operationsPerMinute,
            long registrationsMax,
            int headroomPerMinute,
            Duration arrivalSpread,
            int enrollmentGroupsMax,
            int certificateAuthoritiesMax) {
        this(
                registrationsPerMinute,
                operationsPerMinute,
                registrationsMax,
                headroomPerMinute,
                arrivalSpread,
                enrollmentGroupsMax,
                certificateAuthoritiesMax,
                null);
    }

    /** Registrations that devices of Berth may make in any 60 s: what DPS leaves them, and what the hubs take. */
    public int pacedPerMinute() {
        int atDps = registrationsPerMinute - headroomPerMinute;
        return hubRegistrationsPerMinute == null ? atDps : Math.min(atDps, hubRegistrationsPerMinute);
    }

    /** The same with as many groups and CAs as DPS documents. */
    public Limits(
            int registrationsPerMinute,
            int operationsPerMinute,
            long registrationsMax,
            int headroomPerMinute,
            Duration arrivalSpread) {
        this(
                registrationsPerMinute,
                operationsPerMinute,
                registrationsMax,
                headroomPerMinute,
                arrivalSpread,
                ENROLLMENT_GROUPS_OF_DPS,
                CERTIFICATE_AUTHORITIES_OF_DPS);
    }
}
