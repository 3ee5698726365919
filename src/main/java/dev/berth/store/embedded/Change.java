package dev.berth.store.embedded;

import dev.berth.store.Collection;
import dev.berth.store.IndexedValues;
import dev.berth.store.Key;
import java.util.Map;

/** One conditional write of one document. */
sealed interface Change {
    Key key();

    /** What a document is to hold, and where it is to be found. */
    record Contents(byte[] body, Map<String, String> indexed) {
        static Contents of(Collection collection, byte[] body) {
            return new Contents(body.clone(), IndexedValues.of(collection, body));
        }
    }

    record Insert(Key key, Contents contents) implements Change {}

    record Replace(Key key, Contents contents, String expectedVersion) implements Change {}

    record Delete(Key key, String expectedVersion) implements Change {}

    /** What it weighs in the queue. */
    default int bytes() {
        var body = switch (this) {
            case Insert insert -> insert.contents().body().length;
            case Replace replace -> replace.contents().body().length;
            case Delete delete -> 0;
        };
        return body + Limits.ROW_BYTES_EXTRA;
    }
}
