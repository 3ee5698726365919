package dev.berth.emulator.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.device.DeviceCall;
import dev.berth.emulator.device.DeviceRequest;
import dev.berth.emulator.device.DpsJson;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.instance.Outcome;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.ApiVersion;
import dev.berth.emulator.protocol.DpsError;
import java.time.Instant;
import java.util.Optional;

/** A device after its CONNECT was accepted: what its topics ask, and what the device API says to it. */
final class ConnectedDevice {
    private final DeviceApi api;
    private final Login.Accepted login;
    private final Evidence evidence;

    ConnectedDevice(DeviceApi api, Login.Accepted login, Evidence evidence) {
        this.api = api;
        this.login = login;
        this.evidence = evidence;
    }

    /** The answer to one request, and the request ID that its topic has to carry. */
    record Answer(String requestId, Outcome outcome, ApiVersion version) {
        byte[] body(Instant now) {
            return Json.write(DpsJson.body(outcome, version, now));
        }

        String topic() {
            var topic = RequestTopic.PREFIX + "res/" + outcome.status() + "/?$rid=" + requestId;
            return retryAfterSeconds()
                    .map(seconds -> topic + "&retry-after=" + seconds)
                    .orElse(topic);
        }

        private Optional<Integer> retryAfterSeconds() {
            return switch (outcome) {
                case Outcome.Assigning assigning -> Optional.of(assigning.retryAfterSeconds());
                case Outcome.Throttled throttled -> Optional.of(throttled.retryAfterSeconds());
                case Outcome.Done _, Outcome.Found _, Outcome.Disabled _, Outcome.Challenged _, Outcome.Refused _ ->
                    Optional.empty();
            };
        }
    }

    /** Nothing for a topic that is not the device API's. */
    Optional<Answer> ask(String topic, byte[] body) {
        return switch (RequestTopic.of(topic)) {
            case RequestTopic.Register(var requestId) -> answer(requestId, register(body));
            case RequestTopic.OperationStatus(var requestId, var operationId) ->
                answer(
                        requestId,
                        outcome(
                                new DeviceCall.OperationStatus(login.idScope(), login.registrationId(), operationId),
                                body));
            case RequestTopic.Malformed(var requestId) ->
                answer(requestId, new Outcome.Refused(DpsError.MALFORMED_REQUEST));
            case RequestTopic.Unknown(var requestId) -> answer(requestId, new Outcome.Refused(DpsError.NOT_FOUND));
            case RequestTopic.Foreign() -> Optional.empty();
        };
    }

    private Outcome register(byte[] body) {
        return ofTpm(body)
                ? new Outcome.Refused(DpsError.TPM_NOT_OVER_MQTT)
                : outcome(new DeviceCall.Register(login.idScope(), login.registrationId()), body);
    }

    private Outcome outcome(DeviceCall call, byte[] body) {
        return api.answer(new DeviceRequest(call, login.apiVersion(), null, body, evidence));
    }

    private Optional<Answer> answer(String requestId, Outcome outcome) {
        return Optional.of(new Answer(requestId, outcome, ApiVersion.of(login.apiVersion())));
    }

    /** Its challenge would have to come between two requests of one registration. */
    private static boolean ofTpm(byte[] body) {
        return Json.read(body)
                .map(json -> json.path("tpm"))
                .filter(JsonNode::isObject)
                .isPresent();
    }
}
