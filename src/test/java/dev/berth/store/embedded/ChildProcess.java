package dev.berth.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.util.Environment;

/** A main class of the tests in a process of its own, that starts fast and is killed at the end. */
public final class ChildProcess implements AutoCloseable {
    /** RocksDB's library, unpacked once: a killed process would leave its own copy behind. */
    private static final Path LIBRARIES = unpacked();

    private static final String HEAP = "256m";

    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        output = process.inputReader(UTF_8);
    }

    static ChildProcess start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /** With a program in front, for example a tracer. */
    static ChildProcess start(List<String> before, Class<?> main, String... arguments) throws IOException {
        return start(before, HEAP, main, arguments);
    }

    /** With a heap of its own size, for example {@code 32m}. */
    public static ChildProcess startWithHeap(String heap, Class<?> main, String... arguments) throws IOException {
        return start(List.of(), heap, main, arguments);
    }

    private static ChildProcess start(List<String> before, String heap, Class<?> main, String... arguments)
            throws IOException {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx" + heap,
                "-Djava.library.path=" + LIBRARIES,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    public @Nullable String readLine() throws IOException {
        return output.readLine();
    }

    public Process process() {
        return process;
    }

    /** SIGKILL. What it said before can still be read. */
    public void kill() {
        process.toHandle().destroyForcibly(); // of the process itself, it would close the pipe as well
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Only what the store needs: a short class path starts faster. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                        .filter(entry -> entry.matches(".*(classes|rocksdbjni[^/]*|jackson-[^/]*|jspecify[^/]*)/?"))
                        .toList());
    }

    private static Path unpacked() {
        var name = Environment.getJniLibraryFileName("rocksdb");
        try (var library = ChildProcess.class.getResourceAsStream("/" + name)) {
            var directory = Files.createTempDirectory("berth-test-libraries");
            var file = directory.resolve(name);
            Files.copy(Objects.requireNonNull(library), file);
            directory.toFile().deleteOnExit();
            file.toFile().deleteOnExit(); // the last registered goes first
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
