package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.emulator.json.Json;

/** A status and what to say with it. */
record AdminAnswer(int status, String contentType, byte[] body) {
    private static final String JSON = "application/json; charset=utf-8";

    static AdminAnswer ok(JsonNode body) {
        return json(200, body);
    }

    static AdminAnswer error(int status, String message) {
        return json(status, Json.object().put("message", message));
    }

    static AdminAnswer notFound() {
        return error(404, "Not found");
    }

    static AdminAnswer json(int status, JsonNode body) {
        return new AdminAnswer(status, JSON, Json.writePretty(body));
    }
}
