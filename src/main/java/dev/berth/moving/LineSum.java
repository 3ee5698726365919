package dev.berth.moving;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What the end of every line says of all lines before it and of its own beginning, so that the first one that was damaged, lost,
 * doubled or moved can be named. The header's sum is for itself alone: the lines behind it are the same in every export of the same
 * documents.
 */
final class LineSum {
    private static final String BEGIN = ",\"sum\":\"";
    private static final String END = "\"}";
    static final int BYTES = BEGIN.length() + 2 * Integer.BYTES + END.length();

    private final CRC32C sum = new CRC32C();

    /** How the line ends that begins with these bytes. */
    byte[] next(byte[] line, int length) {
        sum.update(line, 0, length);
        var digits = HexFormat.of().toHexDigits((int) sum.getValue());
        return (BEGIN + digits + END).getBytes(US_ASCII);
    }

    /** Whether the line ends as it should. */
    boolean isNext(byte[] line) {
        var length = line.length - BYTES;
        return length > 0 && Arrays.equals(next(line, length), 0, BYTES, line, length, line.length);
    }

    void beginAnew() {
        sum.reset();
    }
}
