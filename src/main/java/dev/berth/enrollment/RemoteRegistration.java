package dev.berth.enrollment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a DPS instance knows of one device that registered there. A device that went elsewhere leaves its record behind, and it counts.
 *
 * @param registrationId as DPS spells it; compare without case. Not a type of ours: DPS may hold what Berth would not take
 * @param deviceId its name at the hub
 */
public record RemoteRegistration(
        String registrationId,
        Status status,
        @Nullable String assignedHub,
        @Nullable String deviceId,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Integer errorCode,
        @Nullable String errorMessage,
        @Nullable String etag) {

    /** How far the device came; {@code UNASSIGNED} also where DPS says nothing. */
    public enum Status {
        UNASSIGNED,
        ASSIGNING,
        ASSIGNED,
        FAILED,
        DISABLED
    }
}
