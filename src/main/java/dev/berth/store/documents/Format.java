package dev.berth.store.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.inventory.RepositoryUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How values of one kind are written as JSON objects. Each carries its format number; one that is newer than this program is not guessed
 * at, and nothing is overwritten: the value counts as unavailable until a newer program reads it.
 */
record Format<T>(int number, BiConsumer<T, ObjectNode> writer, Function<JsonNode, T> reader) {
    /** Its buffers are shared, since the virtual thread that reads a document reads no other. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build());

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    byte[] write(T value) {
        ObjectNode body = JSON.createObjectNode().put("format", number);
        writer.accept(value, body);
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values has no JSON", impossible);
        }
    }

    T read(byte[] document) {
        try {
            JsonNode body = JSON.readTree(document);
            int written = body.path("format").asInt(Integer.MAX_VALUE);
            if (written > number) {
                throw unreadable("its format is newer than " + number, null);
            }
            return reader.apply(body);
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException broken) {
            throw unreadable("it is damaged", broken);
        }
    }

    /** A member that every document of the kind has. */
    static String text(JsonNode body, String member) {
        JsonNode value = body.get(member);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException(member + " is missing");
        }
        return value.textValue();
    }

    static long number(JsonNode body, String member) {
        JsonNode value = body.get(member);
        if (value == null || !value.canConvertToLong()) {
            throw new IllegalArgumentException(member + " is missing");
        }
        return value.longValue();
    }

    private static RepositoryUnavailableException unreadable(
            String reason, @org.jspecify.annotations.Nullable Exception cause) {
        return new RepositoryUnavailableException(
                "a stored document cannot be read: " + reason, false, RETRY_AFTER, cause);
    }
}
