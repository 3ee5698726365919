package dev.berth.emulator.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.instance.Outcome;
import dev.berth.emulator.instance.Registration;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.DpsError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.UUID;

/** The device API's bodies. */
public final class DpsJson {
    /** DPS writes seven digits of a second's fraction. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private DpsJson() {}

    public static ObjectNode body(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Assigning assigning -> operation(assigning.operationId(), "assigning");
            case Outcome.Assigned(var registration) -> {
                var body = operation(registration.operationId(), "assigned");
                body.set("registrationState", state(registration, true));
                yield body;
            }
            case Outcome.Found found -> state(found.registration(), found.assigned());
            case Outcome.Disabled disabled -> {
                var body = operation(disabled.operationId(), "disabled");
                body.putObject("registrationState")
                        .put("registrationId", disabled.registrationId())
                        .put("status", "disabled");
                yield body;
            }
            case Outcome.Throttled throttled -> error(DpsError.THROTTLED.code, DpsError.THROTTLED.message, now);
            case Outcome.Refused(var error) -> error(error.code, error.message, now);
            case Outcome.Injected(var error) -> error(error.code(), error.message(), now);
        };
    }

    static ObjectNode error(int code, String message, Instant now) {
        var body = Json.object()
                .put("errorCode", code)
                .put("trackingId", UUID.randomUUID().toString())
                .put("message", message);
        body.putNull("info");
        return body.put("timestampUtc", timestamp(now));
    }

    static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    private static ObjectNode operation(String operationId, String status) {
        return Json.object().put("operationId", operationId).put("status", status);
    }

    /** While a first assignment is under way there is no hub to tell. */
    private static ObjectNode state(Registration registration, boolean assigned) {
        var state = Json.object();
        var x509 = state.putObject("x509");
        if (registration.enrollmentGroupId() != null) {
            x509.put("enrollmentGroupId", registration.enrollmentGroupId());
        }
        state.put("registrationId", registration.registrationId())
                .put("createdDateTimeUtc", timestamp(registration.createdAt()));
        if (assigned) {
            state.put("assignedHub", registration.hub())
                    .put("deviceId", registration.deviceId())
                    .put("status", "assigned")
                    .put("substatus", registration.substatus().wireName);
        } else {
            state.put("status", "assigning");
        }
        return state.put("lastUpdatedDateTimeUtc", timestamp(registration.updatedAt()))
                .put("etag", etag(registration));
    }

    private static String etag(Registration registration) {
        var quoted = '"' + registration.etag() + '"';
        return Base64.getEncoder().encodeToString(quoted.getBytes(StandardCharsets.UTF_8));
    }
}
