package dev.berth.emulator.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.instance.Registration;
import dev.berth.emulator.instance.RegistrationStatus;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.Etags;
import dev.berth.emulator.protocol.Timestamps;

/** A registration record as a backend sees it. */
final class RegistrationState {
    private RegistrationState() {}

    static ObjectNode of(Registration registration, RegistrationStatus status) {
        var state = Json.object()
                .put("registrationId", registration.registrationId())
                .put("createdDateTimeUtc", Timestamps.text(registration.createdAt()));
        if (status == RegistrationStatus.ASSIGNED) {
            state.put("assignedHub", registration.hub())
                    .put("deviceId", registration.deviceId())
                    .put("substatus", registration.substatus().wireName);
            if (registration.payload() != null) {
                state.set("payload", registration.payload());
            }
        }
        state.put("status", status.wireName);
        var failure = registration.operation().failure();
        if (status == RegistrationStatus.FAILED && failure != null) {
            state.put("errorCode", failure.errorCode()).put("errorMessage", failure.message());
        }
        return state.put("lastUpdatedDateTimeUtc", Timestamps.text(registration.updatedAt()))
                .put("etag", Etags.of(registration.operation().etag()));
    }
}
