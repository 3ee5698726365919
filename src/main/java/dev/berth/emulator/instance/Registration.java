package dev.berth.emulator.instance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The registration record of one device, which is also the device identity that its hub would hold.
 *
 * @param enrollmentGroupId the group that let it in, or null for an individual enrollment
 * @param firstHub the hub it was given when it first registered
 * @param thumbprint SHA-256 of the certificate that the hub would accept, in upper-case hexadecimal
 * @param operationId the newest register operation
 * @param assignedAt when that operation ends, in the emulator's monotonic nanoseconds
 * @param etag changes with every register operation
 * @param polls how often the device may ask; shared by all versions of the record
 */
public record Registration(
        String registrationId,
        String deviceId,
        @Nullable String enrollmentGroupId,
        String hub,
        String firstHub,
        Substatus substatus,
        String thumbprint,
        Instant createdAt,
        Instant updatedAt,
        String operationId,
        long assignedAt,
        String etag,
        RateWindow polls) {
    boolean assigned(long now) {
        return now >= assignedAt;
    }
}
