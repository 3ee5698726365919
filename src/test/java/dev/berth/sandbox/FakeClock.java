package dev.berth.sandbox;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A clock that is off in one process and can be set while it runs: libfaketime, where this machine has it, or where {@code apt-get} can
 * download it. Timers go on as they should, as they do on a machine whose clock is set.
 */
final class FakeClock {
    private static final String LIBRARY = "faketime/libfaketime.so.1";
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"), Path.of("/usr/lib64"));
    private static final Path UNPACKED = Path.of("target", "faketime");

    private final Path library;
    private final Path file;

    private FakeClock(Path library, Path file) {
        this.library = library;
        this.file = file.toAbsolutePath();
    }

    /** Its time will be kept in {@code file}. Empty where there is no such library. */
    static Optional<FakeClock> in(Path file) {
        return installed().or(FakeClock::downloaded).map(library -> new FakeClock(library, file));
    }

    private static Optional<Path> installed() {
        return PLACES.stream().flatMap(place -> find(place).stream()).findFirst();
    }

    private static Optional<Path> find(Path place) {
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (var found = Files.find(place, 4, (path, _) -> path.endsWith(LIBRARY))) {
            return found.findFirst().map(Path::toAbsolutePath);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Unpacked beneath {@code target}; nothing of the machine is changed, so it takes no rights. */
    private static Optional<Path> downloaded() {
        try {
            Files.createDirectories(UNPACKED);
            var done = run("apt-get download libfaketime") && run("dpkg -x libfaketime_*.deb .");
            return done ? find(UNPACKED.resolve("usr/lib")) : Optional.empty();
        } catch (IOException | InterruptedException e) {
            return Optional.empty();
        }
    }

    private static boolean run(String command) throws IOException, InterruptedException {
        var log = Redirect.appendTo(UNPACKED.resolve("log").toFile());
        return new ProcessBuilder("sh", "-c", command)
                        .directory(UNPACKED.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start()
                        .waitFor()
                == 0;
    }

    /** From now on, for whoever runs in the {@link #environment}; noticed within a second. */
    void set(double secondsAhead) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, String.format(Locale.ROOT, "%+.3f%n", secondsAhead));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a process that is started in it live by this clock. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // The JVM waits by the monotonic clock, and the library would get these waits wrong.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "FAKETIME_DISABLE_SHM",
                "1",
                "NO_FAKE_STAT",
                "1");
    }
}
