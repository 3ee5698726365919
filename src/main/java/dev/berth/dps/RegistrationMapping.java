package dev.berth.dps;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.DeviceRegistrationState;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentStatus;
import dev.berth.enrollment.RemoteRegistration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Registrations out of the client's class. It reads the times of a registration that was asked for alone, to milliseconds, and then forgets
 * the text; of those in a list it keeps the text, and reads no time. So their text is read here, the only way there is to it.
 */
final class RegistrationMapping {
    private static final Gson GSON = new Gson();

    private RegistrationMapping() {}

    static RemoteRegistration read(DeviceRegistrationState state) {
        var texts = GSON.toJsonTree(state).getAsJsonObject();
        return new RemoteRegistration(
                state.getRegistrationId(),
                status(state.getStatus()),
                state.getAssignedHub(),
                state.getDeviceId(),
                instant(texts.get("createdDateTimeUtc"), state.getCreatedDateTimeUtc()),
                instant(texts.get("lastUpdatedDateTimeUtc"), state.getLastUpdatedDateTimeUtc()),
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

    /** What is no time is as good as none. */
    private static @Nullable Instant instant(@Nullable JsonElement text, @Nullable Date date) {
        if (date != null) {
            return date.toInstant();
        }
        try {
            return text == null || !text.isJsonPrimitive() ? null : Instant.parse(text.getAsString());
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
