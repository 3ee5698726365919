package dev.berth.store.cosmos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.IndexedValues;
import dev.berth.store.Key;
import dev.berth.store.Precedence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * A document as the account keeps it: {@code id} and {@code pk} by {@link ItemNames}, {@code f} with the indexed fields, {@code body}, and
 * the {@code mark} of the write that it comes from; and by its own name what the collection is merged by, since the account looks for it there.
 *
 * <p>The body is kept as text and not as JSON within JSON: it comes back byte for byte, numbers beyond 2^53 included, and only what
 * {@code f} holds can ever be indexed and paid for.
 */
record Item(ObjectNode json) {
    static final String ID = "id";
    static final String PARTITION = "pk";
    static final String FIELDS = "f";
    static final String BODY = "body";
    static final String MARK = "mark";
    private static final String ETAG = "_etag";

    /** @throws IllegalArgumentException if the body is none (see {@link IndexedValues#of}) or not UTF-8 */
    static Item of(Key key, byte[] body, String mark) {
        var values = IndexedValues.of(key.collection(), body);
        var json = JsonNodeFactory.instance.objectNode();
        json.put(ID, ItemNames.of(key.id())).put(PARTITION, ItemNames.of(key.partition()));
        if (!values.isEmpty()) {
            var fields = json.putObject(FIELDS);
            values.forEach(fields::put);
        }
        Precedence.of(key.collection(), body)
                .ifPresent(value -> json.put(key.collection().mergedBy().orElseThrow(), value));
        json.put(BODY, text(body)).put(MARK, mark);
        return new Item(json);
    }

    Key key(Collection collection) {
        return new Key(collection, ItemNames.read(partition()), ItemNames.read(id()));
    }

    Document document(Collection collection) {
        return new Document(key(collection), body(), version());
    }

    String id() {
        return text(ID);
    }

    String partition() {
        return text(PARTITION);
    }

    String mark() {
        return text(MARK);
    }

    String version() {
        return Etag.version(text(ETAG));
    }

    byte[] body() {
        return text(BODY).getBytes(UTF_8);
    }

    private String text(String member) {
        return json.path(member).asText();
    }

    private static String text(byte[] body) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a body is UTF-8", e);
        }
    }
}
