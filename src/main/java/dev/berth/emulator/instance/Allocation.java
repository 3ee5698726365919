package dev.berth.emulator.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a device is to go: by a policy of the instance, or as a webhook says. */
sealed interface Allocation {
    /**
     * To this hub.
     *
     * @param initialTwin instead of the enrollment's; null keeps that one
     * @param payload for the device
     */
    record To(
            String hub,
            @Nullable JsonNode initialTwin,
            @Nullable JsonNode payload) implements Allocation {}

    /** Nowhere. */
    record Failed(AllocationFailure failure) implements Allocation {}

    /** What a webhook's reply means to a device that may go to these hubs. */
    static Allocation of(CustomAllocation.Reply reply, List<String> linkedHubs) {
        return switch (reply) {
            case CustomAllocation.Reply.None(var reason) -> failed(reason);
            case CustomAllocation.Reply.Answered(var status, var body) ->
                status / 100 == 2 ? read(body, linkedHubs) : new Failed(AllocationFailure.status(status));
        };
    }

    private static Allocation read(byte[] body, List<String> linkedHubs) {
        var json = Json.read(body).filter(JsonNode::isObject);
        if (json.isEmpty()) {
            return failed("the answer is not a JSON object");
        }
        var twin = member(json.get(), "initialTwin");
        if (twin.filter(value -> !value.isObject()).isPresent()) {
            return failed("initialTwin of the answer is not an object");
        }
        var name = member(json.get(), "iotHubHostName").map(JsonNode::textValue);
        if (name.isEmpty()) {
            return failed("the answer has no iotHubHostName");
        }
        return linkedHubs.stream()
                .filter(hub -> hub.equalsIgnoreCase(name.get()))
                .findFirst()
                .<Allocation>map(hub -> new To(
                        hub, twin.orElse(null), member(json.get(), "payload").orElse(null)))
                .orElseGet(() -> failed("iotHubHostName of the answer is not one of linkedHubs"));
    }

    /** Whatever its letter case, because the docs write it in two ways. */
    private static Optional<JsonNode> member(JsonNode json, String name) {
        return json.properties().stream()
                .filter(property -> property.getKey().equalsIgnoreCase(name))
                .map(property -> property.getValue())
                .filter(value -> !value.isNull())
                .findFirst();
    }

    private static Allocation failed(String reason) {
        return new Failed(AllocationFailure.because(reason));
    }
}
