package dev.berth.store.cosmos;

import java.util.Optional;
import java.util.regex.Pattern;

/** The server's ETags, which are versions without their quotes. */
final class Etag {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9-]{1,128}");

    private Etag() {}

    static String version(String etag) {
        return etag.replace("\"", "");
    }

    /** Empty for what no write can have given: to the server an empty condition is none, and {@code *} holds for every version. */
    static Optional<String> of(String version) {
        return VERSION.matcher(version).matches() ? Optional.of('"' + version + '"') : Optional.empty();
    }
}
