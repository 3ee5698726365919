package dev.berth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory of this process alone, gone after it. */
public final class ScratchDirectory {
    private final Path path;
    private volatile @Nullable Sandbox user;

    private ScratchDirectory(Path path) {
        this.path = path;
    }

    public static ScratchDirectory create(String prefix) throws IOException {
        var scratch = new ScratchDirectory(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(new Thread(scratch::delete));
        return scratch;
    }

    public Path path() {
        return path;
    }

    /** Keeps it until this sandbox has ended. */
    public void isUsedBy(Sandbox sandbox) {
        user = sandbox;
    }

    private void delete() {
        Sandbox sandbox = user;
        try {
            if (sandbox != null) {
                sandbox.awaitEnd();
            }
            deleteFiles();
        } catch (InterruptedException | IOException left) {
            // The system's own cleaning of temporary files is the second chance.
        }
    }

    private void deleteFiles() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
