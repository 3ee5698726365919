package dev.berth.emulator.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.instance.AllocationFailure;
import dev.berth.emulator.instance.Micros;
import dev.berth.emulator.instance.Operation;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A record's operation as the state has it. One whose webhook has not answered fails: nobody will hear the answer. */
final class OperationJson {
    private static final int REMAINING_MILLIS_MAX = 3_600_000;
    private static final int CERTIFICATES_MAX = 16;

    private OperationJson() {}

    static ObjectNode write(Operation operation, long now) {
        var json = Json.object()
                .put("id", operation.id().toString())
                .put("begunAt", Micros.instant(operation.begunMicros()).toString());
        boolean open = operation.doneAt() == Operation.OPEN;
        if (!open && operation.doneAt() > now) {
            json.put("remainingMillis", TimeUnit.NANOSECONDS.toMillis(operation.doneAt() - now));
        }
        var failure = open ? AllocationFailure.because("the emulator was stopped") : operation.failure();
        if (failure != null) {
            json.putObject("failure").put("errorCode", failure.errorCode()).put("message", failure.message());
        }
        if (operation.issued() != null) {
            var issued = json.putArray("issued");
            operation
                    .issued()
                    .forEach(certificate -> issued.add(Base64.getEncoder().encodeToString(certificate)));
        }
        return json;
    }

    static Operation read(JsonAt json, long now) {
        json.objectOf("id", "begunAt", "remainingMillis", "failure", "issued");
        var id = id(json.at("id"));
        long remaining = json.at("remainingMillis").integer(0, REMAINING_MILLIS_MAX, 0);
        return new Operation(
                id.getMostSignificantBits(),
                id.getLeastSignificantBits(),
                Micros.of(json.at("begunAt").instant()),
                now + TimeUnit.MILLISECONDS.toNanos(remaining),
                failure(json.at("failure")),
                issued(json.at("issued")));
    }

    private static UUID id(JsonAt json) {
        try {
            return UUID.fromString(json.text());
        } catch (IllegalArgumentException e) {
            throw json.invalid("is not a UUID");
        }
    }

    private static @Nullable AllocationFailure failure(JsonAt json) {
        if (json.absent()) {
            return null;
        }
        json.objectOf("errorCode", "message");
        return new AllocationFailure(
                json.at("errorCode").integer(0, Integer.MAX_VALUE, 0),
                json.at("message").text());
    }

    private static @Nullable List<byte[]> issued(JsonAt json) {
        if (json.absent()) {
            return null;
        }
        var issued = new ArrayList<byte[]>();
        for (var certificate : json.elements(CERTIFICATES_MAX)) {
            try {
                issued.add(Base64.getDecoder().decode(certificate.text()));
            } catch (IllegalArgumentException e) {
                throw certificate.invalid("is not base64");
            }
        }
        return List.copyOf(issued);
    }
}
