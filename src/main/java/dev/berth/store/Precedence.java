package dev.berth.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalLong;

/** What a body says about which of two documents stays where two regions wrote the same one: see {@link Collection#mergedBy}. */
public final class Precedence {
    private static final JsonFactory JSON = new JsonFactory();

    private Precedence() {}

    /**
     * The number that the collection is merged by, which is 0 where the body has none; empty if the collection is merged by nothing.
     *
     * @throws IllegalArgumentException if the body is no JSON object
     */
    public static OptionalLong of(Collection collection, byte[] body) {
        return collection.mergedBy().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(find(collection.mergedBy().get(), body));
    }

    private static long find(String field, byte[] body) {
        try (var parser = JSON.createParser(body)) {
            parser.nextToken();
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                var token = parser.nextToken();
                if (name.equals(field) && token == JsonToken.VALUE_NUMBER_INT) {
                    return parser.getLongValue();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("a body is one JSON object", e);
        }
        return 0;
    }
}
