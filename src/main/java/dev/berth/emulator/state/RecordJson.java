package dev.berth.emulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.enrollment.Credential;
import dev.berth.emulator.instance.Micros;
import dev.berth.emulator.instance.Registration;
import dev.berth.emulator.instance.Substatus;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.RegistrationIds;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One registration record as the state has it. Equal texts and twins of many records become one again. */
final class RecordJson {
    private static final int SHARED_MAX = 10_000;

    private final long now;
    private final Map<Object, Object> shared = new HashMap<>();

    /** For records that are read or written at this monotonic instant. */
    RecordJson(long now) {
        this.now = now;
    }

    ObjectNode write(Registration registration) {
        var json = Json.object()
                .put("registrationId", registration.registrationId())
                .put("createdAt", registration.createdAt().toString())
                .put("substatus", registration.substatus().wireName);
        if (!registration.deviceId().equals(registration.registrationId())) {
            json.put("deviceId", registration.deviceId());
        }
        put(json, "enrollmentGroupId", registration.enrollmentGroupId());
        put(json, "hub", registration.hub());
        put(json, "firstHub", registration.firstHub());
        json.set("credential", credential(registration.credential()));
        if (registration.twin() != null) {
            json.set("twin", registration.twin());
        }
        if (registration.payload() != null) {
            json.set("payload", registration.payload());
        }
        json.set("operation", OperationJson.write(registration.operation(), now));
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static ObjectNode credential(Credential credential) {
        return switch (credential) {
            case Credential.Certificate certificate ->
                Json.object().put("type", "x509").put("thumbprint", certificate.thumbprint());
            case Credential.Key.SYMMETRIC -> Json.object().put("type", "symmetricKey");
            case Credential.Tpm(var authenticationKey) ->
                Json.object().put("type", "tpm").put("authenticationKey", authenticationKey);
        };
    }

    Registration read(JsonAt json) {
        json.objectOf(
                "registrationId",
                "createdAt",
                "substatus",
                "deviceId",
                "enrollmentGroupId",
                "hub",
                "firstHub",
                "credential",
                "twin",
                "payload",
                "operation");
        var id = json.at("registrationId").text();
        if (!RegistrationIds.valid(id)) {
            throw json.at("registrationId").invalid("is not a registration ID");
        }
        return new Registration(
                id,
                json.at("deviceId").optionalText().orElse(id),
                shared(json.at("enrollmentGroupId").optionalText()),
                shared(json.at("hub").optionalText()),
                shared(json.at("firstHub").optionalText()),
                json.at("substatus").oneOf(Substatus.values(), substatus -> substatus.wireName),
                credential(json.at("credential")),
                Micros.of(json.at("createdAt").instant()),
                shared(node(json.at("twin"))),
                node(json.at("payload")).orElse(null),
                OperationJson.read(json.at("operation"), now));
    }

    private static Optional<JsonNode> node(JsonAt json) {
        return json.absent() ? Optional.empty() : Optional.of(json.node());
    }

    private static Credential credential(JsonAt json) {
        json.objectOf("type", "thumbprint", "authenticationKey");
        return switch (json.at("type").text()) {
            case "symmetricKey" -> Credential.Key.SYMMETRIC;
            case "tpm" -> new Credential.Tpm(json.at("authenticationKey").text());
            case "x509" ->
                Credential.Certificate.ofThumbprint(json.at("thumbprint").text())
                        .orElseThrow(() -> json.at("thumbprint").invalid("is not a SHA-256 in hexadecimal"));
            default -> throw json.at("type").invalid("must be one of x509, symmetricKey, tpm");
        };
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable T shared(Optional<T> value) {
        if (value.isEmpty() || (shared.size() >= SHARED_MAX && !shared.containsKey(value.get()))) {
            return value.orElse(null);
        }
        return (T) shared.computeIfAbsent(value.get(), first -> first);
    }
}
