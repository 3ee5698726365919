package dev.berth.dps;

import com.microsoft.azure.sdk.iot.provisioning.service.configs.DeviceRegistrationState;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentStatus;
import dev.berth.enrollment.RemoteRegistration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Registrations out of the client's class. */
final class RegistrationMapping {
    private RegistrationMapping() {}

    static RemoteRegistration read(DeviceRegistrationState state) {
        return new RemoteRegistration(
                state.getRegistrationId(),
                status(state.getStatus()),
                state.getAssignedHub(),
                state.getDeviceId(),
                instant(state.getCreatedDateTimeUtc()),
                instant(state.getLastUpdatedDateTimeUtc()),
                state.getErrorCode(),
                state.getErrorMessage(),
                state.getEtag());
    }

    private static RemoteRegistration.Status status(@Nullable EnrollmentStatus status) {
        return switch (status) {
            case null -> RemoteRegistration.Status.UNASSIGNED;
            case UNASSIGNED -> RemoteRegistration.Status.UNASSIGNED;
            case ASSIGNING -> RemoteRegistration.Status.ASSIGNING;
            case ASSIGNED -> RemoteRegistration.Status.ASSIGNED;
            case FAILED -> RemoteRegistration.Status.FAILED;
            case DISABLED -> RemoteRegistration.Status.DISABLED;
        };
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
