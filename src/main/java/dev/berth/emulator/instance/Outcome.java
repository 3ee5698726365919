package dev.berth.emulator.instance;

import dev.berth.emulator.fault.InjectedError;
import dev.berth.emulator.protocol.DpsError;

/** What an instance answers a device. */
public sealed interface Outcome {
    /** The HTTP status, which MQTT has in its topics. */
    default int status() {
        return switch (this) {
            case Assigning assigning -> 202;
            case Done done -> 200;
            case Found found -> 200;
            case Disabled disabled -> 200;
            case Challenged challenged -> DpsError.UNAUTHORIZED.status;
            case Throttled throttled -> DpsError.THROTTLED.status;
            case Refused refused -> refused.error().status;
            case Injected injected -> injected.error().status();
        };
    }

    /** The operation is under way: ask again. */
    record Assigning(String operationId, int retryAfterSeconds) implements Outcome {}

    /** The device has its hub, or its operation failed; both are answers of status 200. */
    record Done(String operationId, Registration registration, RegistrationStatus state) implements Outcome {}

    /** A status lookup: the record, without its operation. */
    record Found(Registration registration, RegistrationStatus state) implements Outcome {}

    /** The enrollment that decides is switched off; an answer of status 200, as DPS gives it. */
    record Disabled(String registrationId, String operationId) implements Outcome {}

    /** A TPM is to prove itself by reading this; an error body with the key in it. */
    record Challenged(String authenticationKey) implements Outcome {}

    /** Over a quota: an error body as well. */
    record Throttled(int retryAfterSeconds) implements Outcome {}

    /** An error body. */
    record Refused(DpsError error) implements Outcome {}

    /** An error body that a fault made up. */
    record Injected(InjectedError error) implements Outcome {}
}
