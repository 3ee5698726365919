package dev.berth.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a body says about the indexed fields of its collection. Everybody who keeps an index by himself derives it here, from the body
 * alone, and so cannot disagree with it.
 */
public final class IndexedValues {
    private static final JsonFactory JSON = new JsonFactory();

    private IndexedValues() {}

    /**
     * The indexed fields that are strings, with their values.
     *
     * @throws IllegalArgumentException if the body is too large or not one JSON object, or if an indexed field comes twice or has a
     *     value that cannot be looked up ({@link #requireValue})
     */
    public static Map<String, String> of(Collection collection, byte[] body) {
        if (body.length > Document.BODY_BYTES_MAX) {
            throw new IllegalArgumentException("a body has at most " + Document.BODY_BYTES_MAX + " bytes");
        }
        try (var parser = JSON.createParser(body)) {
            return read(collection, parser);
        } catch (IOException e) {
            throw new IllegalArgumentException("a body is one JSON object", e);
        }
    }

    /** A value of an indexed field: at most {@link Collection#INDEXED_VALUE_LENGTH_MAX} characters, well-formed. */
    public static String requireValue(String value) {
        if (value.length() > Collection.INDEXED_VALUE_LENGTH_MAX
                || value.codePoints().anyMatch(Key::isHalfCharacter)) {
            throw new IllegalArgumentException("the value of an indexed field has at most "
                    + Collection.INDEXED_VALUE_LENGTH_MAX + " characters and no unpaired surrogate");
        }
        return value;
    }

    private static Map<String, String> read(Collection collection, JsonParser parser) throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "a body is one JSON object");
        var values = new HashMap<String, String>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING && collection.indexedFields().contains(name)) {
                var earlier = values.put(name, requireValue(parser.getText()));
                require(earlier == null, "an indexed field comes once");
            }
            parser.skipChildren();
        }
        require(parser.nextToken() == null, "a body is one JSON object");
        return values;
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
