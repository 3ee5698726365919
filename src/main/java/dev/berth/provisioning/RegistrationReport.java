package dev.berth.provisioning;

import org.jspecify.annotations.Nullable;

/** What a device reports of its registration at DPS. */
public sealed interface RegistrationReport {
    /** DPS assigned it to {@code assignedHub}, if it says which, under {@code deviceId}: its registration ID if it does not say. */
    record Assigned(@Nullable String assignedHub, @Nullable String deviceId) implements RegistrationReport {}

    /** DPS refused it, or could not be reached. */
    record Failed(@Nullable Integer errorCode, @Nullable String errorMessage) implements RegistrationReport {}
}
