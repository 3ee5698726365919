package dev.berth.emulator.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.json.Json;
import java.time.Instant;
import java.util.UUID;

/** The body of every refusal of DPS's data plane. */
public final class ErrorBody {
    private ErrorBody() {}

    public static ObjectNode of(DpsError error, String detail, Instant now) {
        var body = Json.object()
                .put("errorCode", error.code)
                .put("trackingId", UUID.randomUUID().toString())
                .put("message", detail.isEmpty() ? error.message : error.message + ' ' + detail);
        body.putNull("info");
        return body.put("timestampUtc", Timestamps.text(now));
    }
}
