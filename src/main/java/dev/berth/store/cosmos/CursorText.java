package dev.berth.store.cosmos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.InvalidCursorException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** A place in a list as callers carry it: in characters that fit everywhere, with a sum over it and the list's name. */
final class CursorText {
    private static final int LENGTH_MAX = 64 * 1024;

    private CursorText() {}

    static String of(String list, String place) {
        var bytes = ByteBuffer.allocate(Integer.BYTES + place.length())
                .putInt(sum(list, place))
                .put(place.getBytes(US_ASCII))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The place in {@code list} that {@code text} is of; any other text is refused. */
    static String read(String list, String text) {
        var bytes = decoded(text);
        if (bytes.remaining() <= Integer.BYTES) {
            throw new InvalidCursorException();
        }
        var sum = bytes.getInt();
        var place = US_ASCII.decode(bytes).toString();
        if (sum != sum(list, place)) {
            throw new InvalidCursorException();
        }
        return place;
    }

    private static ByteBuffer decoded(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new InvalidCursorException();
        }
        try {
            return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException();
        }
    }

    private static int sum(String list, String place) {
        var sum = new CRC32C();
        sum.update(list.getBytes(UTF_8));
        sum.update('\n');
        sum.update(place.getBytes(UTF_8));
        return (int) sum.getValue();
    }
}
