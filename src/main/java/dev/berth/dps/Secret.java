package dev.berth.dps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a connection string comes from. */
public sealed interface Secret {
    /** Out of the configuration itself; changes with a restart. */
    record Inline(String text) implements Secret {
        @Override
        public String toString() {
            return "Inline[]";
        }
    }

    /** Out of a file, read each time, so that whoever replaces the file has rotated the key. */
    record InFile(Path path) implements Secret {}

    /** Nowhere. */
    record None() implements Secret {}

    /** The connection string as it is now. */
    default ConnectionString read() {
        return switch (this) {
            case Inline(var text) -> ConnectionString.parse(text);
            case InFile(var path) -> ConnectionString.parse(text(path));
            case None() -> throw new UnusableCredentialException("it is not set");
        };
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException | SecurityException e) {
            throw new UnusableCredentialException("the file " + path + " cannot be read");
        }
    }
}
