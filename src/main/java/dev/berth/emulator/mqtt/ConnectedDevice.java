package dev.berth.emulator.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.device.DeviceCall;
import dev.berth.emulator.device.DeviceRequest;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.fault.FaultPlan;
import dev.berth.emulator.fault.InjectedError;
import dev.berth.emulator.instance.Outcome;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.protocol.ApiVersion;
import dev.berth.emulator.protocol.DpsError;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

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
    record Answer(String requestId, Outcome outcome) {
        String topic(Instant now) {
            var topic = RequestTopic.PREFIX + "res/" + outcome.status() + "/?$rid=" + requestId;
            return retryAfter(now).map(value -> topic + "&retry-after=" + value).orElse(topic);
        }

        private Optional<String> retryAfter(Instant now) {
            return switch (outcome) {
                case Outcome.Assigning assigning -> Optional.of(Integer.toString(assigning.retryAfterSeconds()));
                case Outcome.Throttled throttled -> Optional.of(Integer.toString(throttled.retryAfterSeconds()));
                case Outcome.Injected(var error) -> error.retryAfter().header(now);
                case Outcome.Done _, Outcome.Found _, Outcome.Disabled _, Outcome.Refused _, Outcome.Challenged _ ->
                    Optional.empty();
            };
        }
    }

    /** One request that came in: what is to go wrong with it, and how to have it answered. */
    record Question(String requestId, FaultPlan plan, Supplier<Outcome> outcome) {
        Answer answer() {
            return new Answer(requestId, outcome.get());
        }

        Answer refused(InjectedError error) {
            return new Answer(requestId, new Outcome.Injected(error));
        }
    }

    ApiVersion apiVersion() {
        return ApiVersion.of(login.apiVersion());
    }

    /** Nothing for a topic that is not the device API's. */
    Optional<Question> ask(String topic, byte[] body) {
        return switch (RequestTopic.of(topic)) {
            case RequestTopic.Register(var requestId) ->
                ofTpm(body)
                        ? refused(requestId, DpsError.TPM_NOT_OVER_MQTT)
                        : asked(requestId, new DeviceCall.Register(login.idScope(), login.registrationId()), body);
            case RequestTopic.OperationStatus(var requestId, var operationId) ->
                asked(
                        requestId,
                        new DeviceCall.OperationStatus(login.idScope(), login.registrationId(), operationId),
                        body);
            case RequestTopic.Malformed(var requestId) -> refused(requestId, DpsError.MALFORMED_REQUEST);
            case RequestTopic.Unknown(var requestId) -> refused(requestId, DpsError.NOT_FOUND);
            case RequestTopic.Foreign() -> Optional.empty();
        };
    }

    private Optional<Question> asked(String requestId, DeviceCall call, byte[] body) {
        var request = new DeviceRequest(call, login.apiVersion(), null, body, evidence);
        return Optional.of(new Question(requestId, api.plan(call), () -> api.answer(request)));
    }

    private static Optional<Question> refused(String requestId, DpsError error) {
        return Optional.of(new Question(requestId, FaultPlan.NONE, () -> new Outcome.Refused(error)));
    }

    /** Its challenge would have to come between two requests of one registration. */
    private static boolean ofTpm(byte[] body) {
        return Json.read(body)
                .map(json -> json.path("tpm"))
                .filter(JsonNode::isObject)
                .isPresent();
    }
}
