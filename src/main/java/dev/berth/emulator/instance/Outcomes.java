package dev.berth.emulator.instance;

import dev.berth.emulator.protocol.OperationIds;
import java.util.UUID;

/** Makes the outcomes that tell a device its operation, or how long to wait. */
record Outcomes(OperationIds operationIds, int retryAfterSeconds) {
    static Outcomes of(InstanceConfig config) {
        return new Outcomes(new OperationIds(config.idScope()), config.times().retryAfterSeconds());
    }

    /** Where a device's newest operation stands. */
    Outcome progress(Registration registration, long now) {
        var id = idOf(registration);
        var status = registration.status(now);
        return status == RegistrationStatus.ASSIGNING
                ? new Outcome.Assigning(id, retryAfterSeconds)
                : new Outcome.Done(id, registration, status);
    }

    /** Its operation has an ID of which nobody keeps a record. */
    Outcome disabled(String registrationId) {
        return new Outcome.Disabled(registrationId, operationIds.of(UUID.randomUUID()));
    }

    Outcome throttled() {
        return new Outcome.Throttled(retryAfterSeconds);
    }

    /** The ID of a device's newest operation as the device knows it. */
    String idOf(Registration registration) {
        return operationIds.of(registration.operation().id());
    }
}
