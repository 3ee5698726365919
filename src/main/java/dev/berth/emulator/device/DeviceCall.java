package dev.berth.emulator.device;

/** What one request of the device API asks, about one device of one instance. */
public sealed interface DeviceCall {
    String idScope();

    String registrationId();

    /** {@code PUT /{idScope}/registrations/{registrationId}/register} */
    record Register(String idScope, String registrationId) implements DeviceCall {}

    /** {@code GET /{idScope}/registrations/{registrationId}/operations/{operationId}} */
    record OperationStatus(String idScope, String registrationId, String operationId) implements DeviceCall {}

    /** {@code POST /{idScope}/registrations/{registrationId}} */
    record StatusLookup(String idScope, String registrationId) implements DeviceCall {}
}
