package dev.berth.api.device;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstance;
import dev.berth.provisioning.IdScopeAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** The JSON that tells a device its ID scope, and what to do with it. */
final class IdScopeDocument {
    /** Its buffers are shared: Jackson would make some for each thread, and a virtual thread writes one document. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private IdScopeDocument() {}

    static byte[] write(RegistrationId device, IdScopeAnswer.Register answer) {
        return write(json -> {
            json.writeStringField("action", "register");
            writeWhere(json, device, answer.instance(), answer.generation());
            writeWhen(json, answer.registerAt(), answer.registerAfter(), answer.registerWithin());
        });
    }

    /** There is nothing to wait for: {@code registerAfterSeconds} is 0. */
    static byte[] write(RegistrationId device, IdScopeAnswer.Connect answer) {
        return write(json -> {
            json.writeStringField("action", "connect");
            writeWhere(json, device, answer.instance(), answer.generation());
            writeWhen(json, answer.registerAt(), Duration.ZERO, answer.registerWithin());
            json.writeStringField("assignedHub", answer.assignedHub());
            json.writeStringField("deviceId", answer.deviceId());
        });
    }

    private static void writeWhere(JsonGenerator json, RegistrationId device, DpsInstance instance, long generation)
            throws IOException {
        json.writeStringField("registrationId", device.value());
        json.writeStringField("idScope", instance.idScope());
        json.writeStringField("globalEndpoint", instance.globalEndpoint());
        json.writeStringField("serviceEndpoint", instance.serviceEndpoint());
        json.writeNumberField("generation", generation);
    }

    /** A device that waits a little too long or hurries a little too much stays within its window: up, and down. */
    private static void writeWhen(JsonGenerator json, Instant at, Duration after, Duration within) throws IOException {
        json.writeStringField("registerAt", ITU.formatUtcMilli(at.atOffset(ZoneOffset.UTC)));
        json.writeNumberField("registerAfterSeconds", seconds(after, RoundingMode.CEILING));
        json.writeNumberField("registerWithinSeconds", seconds(within, RoundingMode.FLOOR));
    }

    private static BigDecimal seconds(Duration duration, RoundingMode rounding) {
        return BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .setScale(3, rounding);
    }

    private static byte[] write(Members members) {
        var bytes = new ByteArrayOutputStream(384);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }
}
