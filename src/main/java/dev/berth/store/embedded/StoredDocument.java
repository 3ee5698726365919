package dev.berth.store.embedded;

import dev.berth.store.Document;
import dev.berth.store.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The engine's value of a document: eight bytes of version, then the body. */
record StoredDocument(long number, byte[] body) {

    static StoredDocument of(byte[] bytes) {
        return new StoredDocument(
                ByteBuffer.wrap(bytes).getLong(), Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES + body.length)
                .putLong(number)
                .put(body)
                .array();
    }

    String version() {
        return Long.toString(number, Character.MAX_RADIX);
    }

    Document at(Key key) {
        return new Document(key, body, version());
    }
}
