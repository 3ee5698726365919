package dev.berth.emulator.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.instance.Outcome;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.ApiVersion;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.ErrorBody;
import dev.berth.emulator.protocol.Timestamps;
import java.time.Instant;

/** The device API's bodies. */
public final class DpsJson {
    private DpsJson() {}

    public static ObjectNode body(Outcome outcome, ApiVersion version, Instant now) {
        return switch (outcome) {
            case Outcome.Assigning assigning -> operation(assigning.operationId(), "assigning");
            case Outcome.Done(var operationId, var registration, var status) -> {
                var body = operation(operationId, status.wireName);
                body.set("registrationState", RegistrationJson.of(registration, status, version, true));
                yield body;
            }
            case Outcome.Found(var registration, var status) ->
                RegistrationJson.of(registration, status, version, false);
            case Outcome.Disabled disabled -> {
                var body = operation(disabled.operationId(), "disabled");
                body.putObject("registrationState")
                        .put("registrationId", disabled.registrationId())
                        .put("status", "disabled");
                yield body;
            }
            case Outcome.Challenged(var authenticationKey) ->
                error(DpsError.UNAUTHORIZED, now).put("authenticationKey", authenticationKey);
            case Outcome.Throttled throttled -> error(DpsError.THROTTLED, now);
            case Outcome.Refused refused -> error(refused.error(), now);
            case Outcome.Injected(var error) -> ErrorBody.of(error.code(), error.message(), now);
        };
    }

    static ObjectNode error(DpsError error, Instant now) {
        return ErrorBody.of(error, "", now);
    }

    static String timestamp(Instant instant) {
        return Timestamps.text(instant);
    }

    private static ObjectNode operation(String operationId, String status) {
        return Json.object().put("operationId", operationId).put("status", status);
    }
}
