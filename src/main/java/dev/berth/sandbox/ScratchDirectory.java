package dev.berth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory of this process alone, gone after it. */
public record ScratchDirectory(Path path) {
    public static ScratchDirectory create(String prefix) throws IOException {
        return new ScratchDirectory(Files.createTempDirectory(prefix));
    }

    /** Deletes it when the process ends, after the sandbox in it has ended. */
    public void deleteAfter(Sandbox sandbox) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                sandbox.awaitEnd();
                delete();
            } catch (InterruptedException | IOException left) {
                // The system's own cleaning of temporary files is the second chance.
            }
        }));
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
