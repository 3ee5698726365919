package dev.berth.emulator.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.json.Json;
import java.time.Instant;
import java.util.UUID;

/** The body of every refusal of DPS's data plane. */
public final class ErrorBody {
    private ErrorBody() {}

    public static ObjectNode of(DpsError error, String detail, Instant now) {
        return of(error.code, detail.isEmpty() ? error.message : error.message + ' ' + detail, now);
    }

    public static ObjectNode of(int code, String message, Instant now) {
        var body = Json.object()
                .put("errorCode", code)
                .put("trackingId", UUID.randomUUID().toString())
                .put("message", message);
        body.putNull("info");
        return body.put("timestampUtc", Timestamps.text(now));
    }
}
