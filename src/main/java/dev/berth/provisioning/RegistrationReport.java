package dev.berth.provisioning;

import org.jspecify.annotations.Nullable;

/** What a device reports of its registration at DPS. */
public sealed interface RegistrationReport {
    /** DPS assigned it to {@code assignedHub} under {@code deviceId}. */
    record Assigned(String assignedHub, String deviceId) implements RegistrationReport {}

    /** DPS refused it, or could not be reached. */
    record Failed(@Nullable Integer errorCode, @Nullable String errorMessage) implements RegistrationReport {}
}
