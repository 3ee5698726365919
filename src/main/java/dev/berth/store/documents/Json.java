package dev.berth.store.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stored JSON object, read strictly: what is missing or of another type is an {@link IllegalArgumentException}. */
record Json(JsonNode node) {
    static final String FORMAT = "format";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static ObjectNode object(int format) {
        return MAPPER.createObjectNode().put(FORMAT, format);
    }

    static byte[] bytes(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** The object in {@code bytes}, of this format or an earlier one. */
    static Json parse(byte[] bytes, int formatMax) {
        try {
            var json = new Json(MAPPER.readTree(bytes));
            if (json.number(FORMAT) > formatMax) {
                throw new IllegalArgumentException("written by a newer Berth: format " + json.number(FORMAT));
            }
            return json;
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }

    String text(String member) {
        return required(member, node.path(member).isTextual()).textValue();
    }

    @Nullable String textOrNull(String member) {
        return node.hasNonNull(member) ? text(member) : null;
    }

    long number(String member) {
        return required(
                        member,
                        node.path(member).canConvertToLong()
                                && node.path(member).isIntegralNumber())
                .longValue();
    }

    /** A member that older documents do not have. */
    long numberOr(String member, long absent) {
        return node.hasNonNull(member) ? number(member) : absent;
    }

    @Nullable Integer intOrNull(String member) {
        return node.hasNonNull(member) ? Math.toIntExact(number(member)) : null;
    }

    /** A member that older documents do not have. */
    boolean flagOr(String member, boolean absent) {
        return node.hasNonNull(member) ? flag(member) : absent;
    }

    /** The strings of an array; none where there is no array. */
    List<String> texts(String member) {
        var texts = new ArrayList<String>();
        node.path(member).forEach(text -> {
            if (!text.isTextual()) {
                throw new IllegalArgumentException("member " + member + " holds something else than strings");
            }
            texts.add(text.textValue());
        });
        return texts;
    }

    boolean flag(String member) {
        return required(member, node.path(member).isBoolean()).booleanValue();
    }

    Instant instant(String member) {
        return Instants.parse(text(member));
    }

    Json object(String member) {
        return new Json(required(member, node.path(member).isObject()));
    }

    private JsonNode required(String member, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("member " + member + " is missing or of another type");
        }
        return node.path(member);
    }
}
