package dev.berth.emulator.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.ErrorBody;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is answered.
 *
 * @param body null where there is none to send
 */
public record ServiceAnswer(
        int status, Map<String, String> headers, @Nullable JsonNode body) {
    static final ServiceAnswer NO_CONTENT = new ServiceAnswer(204, Map.of(), null);

    static ServiceAnswer ok(JsonNode body) {
        return new ServiceAnswer(200, Map.of(), body);
    }

    /** A refusal as DPS words it, and what exactly is wrong. */
    public static ServiceAnswer error(DpsError error, String detail, Instant now) {
        return new ServiceAnswer(
                error.status,
                Map.of("x-ms-error-code", Integer.toString(error.code)),
                ErrorBody.of(error, detail, now));
    }
}
