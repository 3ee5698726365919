package dev.berth.store.documents;

import com.ethlo.time.ITU;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Instants as documents hold them: as {@link Instant#toString} writes them. A device's document has four, and the JDK's formatter took
 * more than a third of the time in which one is read.
 */
final class Instants {
    private Instants() {}

    /** @throws DateTimeException if it is none */
    static Instant parse(String text) {
        return ITU.parseDateTime(text).toInstant();
    }
}
