package dev.berth.emulator.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON object that most requests carry. */
final class RequestBody {
    private RequestBody() {}

    static Decision<JsonAt> object(ServiceRequest request) {
        if (request.body().length == 0) {
            return Decision.refused(DpsError.MISSING_BODY, "");
        }
        if (!json(request.headers().contentType())) {
            return Decision.refused(DpsError.UNSUPPORTED_MEDIA_TYPE, "");
        }
        return Json.read(request.body())
                .filter(JsonNode::isObject)
                .map(node -> Decision.done(JsonAt.root(node)))
                .orElseGet(() -> Decision.refused(DpsError.MALFORMED_JSON, ""));
    }

    private static boolean json(@Nullable String mediaType) {
        return mediaType == null
                || mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
