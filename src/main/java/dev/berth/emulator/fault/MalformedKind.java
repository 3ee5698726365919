package dev.berth.emulator.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map.Entry;

/** Bodies that official SDKs are known to hang, crash or give up on. An answer without the part in question stays as it is. */
public enum MalformedKind {
    /** The Java SDK never calls back. */
    MISSING_REGISTRATION_STATE("missing-registration-state"),
    MISSING_OPERATION_ID("missing-operation-id"),
    /** The Python SDK never returns. */
    MISSING_SUBSTATUS("missing-substatus"),
    MISSING_STATUS("missing-status"),
    /** Texts are numbers and the other way round. */
    WRONG_TYPES("wrong-types"),
    /** The first half, as if it were all. */
    TRUNCATED("truncated"),
    /** A proxy's page. */
    NOT_JSON("not-json");

    private static final byte[] PAGE =
            "<html><body><h1>502 Bad Gateway</h1></body></html>".getBytes(StandardCharsets.UTF_8);

    public final String wireName;

    MalformedKind(String wireName) {
        this.wireName = wireName;
    }

    /** The bytes to send instead of this body. */
    public byte[] spoil(JsonNode body) {
        return switch (this) {
            case MISSING_REGISTRATION_STATE -> without(body, "registrationState");
            case MISSING_OPERATION_ID -> without(body, "operationId");
            case MISSING_SUBSTATUS -> without(body, "substatus");
            case MISSING_STATUS -> without(body, "status");
            case WRONG_TYPES -> wrongTypes(body);
            case TRUNCATED -> truncated(Json.write(body));
            case NOT_JSON -> PAGE.clone();
        };
    }

    /** Wherever it stands: in the body, or in the registration state. */
    private static byte[] without(JsonNode body, String name) {
        JsonNode copy = body.deepCopy();
        for (var parent : copy.findParents(name)) {
            ((ObjectNode) parent).remove(name);
        }
        return Json.write(copy);
    }

    private static byte[] wrongTypes(JsonNode body) {
        var wrong = Json.object();
        for (Entry<String, JsonNode> member : body.properties()) {
            var value = member.getValue();
            if (value.isTextual()) {
                wrong.put(member.getKey(), value.textValue().length());
            } else {
                wrong.put(member.getKey(), value.toString());
            }
        }
        return Json.write(wrong);
    }

    private static byte[] truncated(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }
}
