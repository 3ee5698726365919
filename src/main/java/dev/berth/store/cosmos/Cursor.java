package dev.berth.store.cosmos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.InvalidCursorException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: partition and id of its last item, and a sum over these and the list's name. A place and not the server's
 * continuation: it stays good after a restart, another version of the client, and the end of the item itself.
 */
record Cursor(String partition, String id) {
    private static final Cursor START = new Cursor("", "");
    private static final int TEXT_LENGTH_MAX = 4_096;
    private static final char BETWEEN = ' '; // in no name of an item

    static Cursor after(Item last) {
        return new Cursor(last.partition(), last.id());
    }

    /** Before everything that the list {@code list} has, or where a page of it ended. */
    static Cursor read(String list, @Nullable String text) {
        if (text == null) {
            return START;
        }
        var bytes = decoded(text);
        if (bytes.remaining() <= Integer.BYTES) {
            throw new InvalidCursorException();
        }
        var sum = bytes.getInt();
        var place = US_ASCII.decode(bytes).toString();
        var between = place.indexOf(BETWEEN);
        if (sum != sum(list, place) || between < 0) {
            throw new InvalidCursorException();
        }
        return new Cursor(place.substring(0, between), place.substring(between + 1));
    }

    String text(String list) {
        var place = partition + BETWEEN + id;
        var bytes = ByteBuffer.allocate(Integer.BYTES + place.length())
                .putInt(sum(list, place))
                .put(place.getBytes(US_ASCII))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static ByteBuffer decoded(String text) {
        if (text.length() > TEXT_LENGTH_MAX) {
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
