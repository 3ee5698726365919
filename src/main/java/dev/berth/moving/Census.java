package dev.berth.moving;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.Document;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Which versions of which documents were seen, in whatever order: their number, and the sum of their digests. */
final class Census {
    private final MessageDigest digest = Sha256.digest();
    private long documents;
    private long high;
    private long low;

    void add(Document document) {
        var key = document.key();
        for (var part : new String[] {key.collection().name(), key.partition(), key.id(), document.version()}) {
            digest.update(part.getBytes(UTF_8));
            digest.update((byte) 0);
        }
        var sum = ByteBuffer.wrap(digest.digest());
        documents++;
        high += sum.getLong();
        low += sum.getLong();
    }

    boolean isSameAs(Census other) {
        return documents == other.documents && high == other.high && low == other.low;
    }
}
