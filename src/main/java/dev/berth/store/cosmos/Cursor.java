package dev.berth.store.cosmos;

import dev.berth.store.InvalidCursorException;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: partition and id of its last item. A place and not the server's
 * continuation: it stays good after a restart, another version of the client, and the end of the item itself.
 */
record Cursor(String partition, String id) {
    private static final Cursor START = new Cursor("", "");
    private static final char BETWEEN = ' '; // in no name of an item

    static Cursor after(Item last) {
        return new Cursor(last.partition(), last.id());
    }

    /** Before everything that the list {@code list} has, or where a page of it ended. */
    static Cursor read(String list, @Nullable String text) {
        if (text == null) {
            return START;
        }
        var place = CursorText.read(list, text);
        var between = place.indexOf(BETWEEN);
        if (between < 0) {
            throw new InvalidCursorException();
        }
        return new Cursor(place.substring(0, between), place.substring(between + 1));
    }

    String text(String list) {
        return CursorText.of(list, partition + BETWEEN + id);
    }
}
