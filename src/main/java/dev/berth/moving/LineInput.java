package dev.berth.moving;

import dev.berth.store.Document;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, of which one is in memory. */
final class LineInput implements Closeable {
    /** The largest body, in Base64, with room for the longest names and all their quotes. */
    static final int LINE_BYTES_MAX = 2 * Document.BODY_BYTES_MAX;

    private static final int CHUNK_BYTES = 64 * 1024;

    private final InputStream input;
    private byte[] buffer = new byte[CHUNK_BYTES];
    private int from;
    private int to;
    private long number;

    LineInput(InputStream input) {
        this.input = input;
    }

    /** The line that {@link #next} gave last; from 1. */
    long number() {
        return number;
    }

    /** The next line without its end, or null if there is none. */
    byte @Nullable [] next() throws IOException {
        number++;
        var length = 0;
        do {
            while (from + length < to) {
                if (buffer[from + length] == '\n') {
                    return cut(length);
                }
                length++;
            }
        } while (fill());
        if (length > 0) {
            throw unreadable("has no end: the file was cut off here", null);
        }
        return null;
    }

    UnreadableExportException unreadable(String reason, @Nullable Throwable cause) {
        return new UnreadableExportException(number, reason, cause);
    }

    private byte[] cut(int length) {
        var line = Arrays.copyOfRange(buffer, from, from + length);
        from += length + 1;
        return line;
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == LINE_BYTES_MAX) {
            throw unreadable("is longer than any line of an export", null);
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * to, LINE_BYTES_MAX));
        }
        var count = read();
        to += Math.max(count, 0);
        return count >= 0;
    }

    private int read() throws IOException {
        try {
            return input.read(buffer, to, buffer.length - to);
        } catch (EOFException | ZipException e) {
            throw unreadable("cannot be unpacked: the file is damaged or was cut off here", e);
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
