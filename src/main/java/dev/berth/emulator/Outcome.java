package dev.berth.emulator;

/** What an instance answers a device. */
sealed interface Outcome {
    /** The operation is under way: ask again. */
    record Assigning(String operationId, int retryAfterSeconds) implements Outcome {}

    /** The device has its hub. */
    record Assigned(Registration registration) implements Outcome {}

    /** A status lookup: the record, without its operation. */
    record Found(Registration registration, boolean assigned) implements Outcome {}

    /** The enrollment that decides is switched off; an answer of status 200, as DPS gives it. */
    record Disabled(String registrationId, String operationId) implements Outcome {}

    /** Over a quota: an error body as well. */
    record Throttled(int retryAfterSeconds) implements Outcome {}

    /** An error body. */
    record Refused(DpsError error) implements Outcome {}
}
