package dev.berth.moving;

import java.time.Instant;
import java.util.List;

/**
 * The first line of an export.
 *
 * @param export names this export and no other: an import that goes on knows it by that
 * @param at when it began
 * @param berth the version that wrote it
 * @param collections what it covers, those without documents too
 */
public record Header(String export, Instant at, String berth, List<String> collections) {
    public Header {
        collections = List.copyOf(collections);
    }
}
