package dev.berth.provisioning;

import dev.berth.scheduling.RegistrationResult;
import org.jspecify.annotations.Nullable;

/** What a device reports of its registration at DPS. */
public sealed interface RegistrationReport {
    /** What it says of the instance's rate. */
    RegistrationResult result();

    /** DPS assigned it to {@code assignedHub}, if it says which, under {@code deviceId}: its registration ID if it does not say. */
    record Assigned(@Nullable String assignedHub, @Nullable String deviceId) implements RegistrationReport {
        @Override
        public RegistrationResult result() {
            return RegistrationResult.TAKEN;
        }
    }

    /** DPS refused it, or could not be reached. */
    record Failed(@Nullable Integer errorCode, @Nullable String errorMessage) implements RegistrationReport {
        private static final int TOO_MANY_REQUESTS = 429;

        /** DPS's codes are an HTTP status and three more digits; some SDKs report the status alone. */
        @Override
        public RegistrationResult result() {
            return errorCode != null && (errorCode == TOO_MANY_REQUESTS || errorCode / 1_000 == TOO_MANY_REQUESTS)
                    ? RegistrationResult.THROTTLED
                    : RegistrationResult.REFUSED;
        }
    }
}
