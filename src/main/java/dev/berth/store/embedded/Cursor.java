package dev.berth.store.embedded;

import dev.berth.store.InvalidCursorException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Where a page ended: the rest of its last key behind what all keys of the list begin with, and a sum over both. */
final class Cursor {
    private static final int TEXT_LENGTH_MAX = 4_096;

    private Cursor() {}

    static String after(byte[] lastKey, int prefixLength) {
        var rest = lastKey.length - prefixLength;
        var bytes = ByteBuffer.allocate(Integer.BYTES + rest)
                .putInt(sum(lastKey))
                .put(lastKey, prefixLength, rest)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The first key that a page of the list {@code prefix} may begin with. */
    static byte[] start(byte[] prefix, @Nullable String cursor) {
        if (cursor == null) {
            return prefix;
        }
        var bytes = decoded(cursor);
        var rest = bytes.remaining() - Integer.BYTES;
        if (rest < 1) {
            throw new InvalidCursorException();
        }
        var sum = bytes.getInt();
        var last = Arrays.copyOf(prefix, prefix.length + rest);
        bytes.get(last, prefix.length, rest);
        if (sum != sum(last)) {
            throw new InvalidCursorException();
        }
        return Arrays.copyOf(last, last.length + 1);
    }

    private static ByteBuffer decoded(String cursor) {
        if (cursor.length() > TEXT_LENGTH_MAX) {
            throw new InvalidCursorException();
        }
        try {
            return ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException();
        }
    }

    private static int sum(byte[] key) {
        var sum = new CRC32C();
        sum.update(key);
        return (int) sum.getValue();
    }
}
