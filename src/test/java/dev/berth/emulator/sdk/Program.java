package dev.berth.emulator.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that was run, and how it ended. */
record Program(String command, int exitCode, String output, String errors) {
    private static final int TIMED_OUT = -1;

    /** Runs it to its end, or until it took too long. */
    static Program run(Path directory, Map<String, String> environment, Duration timeMax, List<String> command)
            throws IOException, InterruptedException {
        var out = Files.createTempFile("sdk", ".out");
        var err = Files.createTempFile("sdk", ".err");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            boolean ended = process.waitFor(timeMax.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            return new Program(
                    String.join(" ", command),
                    ended ? process.exitValue() : TIMED_OUT,
                    Files.readString(out),
                    Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Whether a program of this name is on the path. */
    static boolean isInstalled(String name) throws InterruptedException {
        try {
            return run(Path.of(""), Map.of(), Duration.ofMinutes(1), List.of(name, "--version")).exitCode() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    boolean succeeded() {
        return exitCode == 0;
    }

    /** Its last line, which is JSON. */
    JsonNode json() throws IOException {
        return new JsonMapper().readTree(output.lines().toList().getLast());
    }

    @Override
    public String toString() {
        return "%s%nexit code %d%n%s%n%s".formatted(command, exitCode, output, errors);
    }
}
