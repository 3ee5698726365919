package dev.berth.moving;

import dev.berth.store.Key;
import java.util.Map;

/** What a line behind the first one says. */
sealed interface Line {

    /** One document; its body is what the store holds, byte for byte. Versions stay behind: every store gives its own. */
    record MovedDocument(Key key, byte[] body) implements Line {}

    /** The last line: how many documents of each collection went before, and the digest of all lines but this one. */
    record Trailer(Map<String, Long> documents, String sha256) implements Line {}
}
