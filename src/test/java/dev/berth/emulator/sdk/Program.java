package dev.berth.emulator.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that was run, and how it ended. */
record Program(String name, int exitCode, String output, String errors) {
    private static final int TIMED_OUT = -1;

    static Program run(Path directory, Duration timeMax, List<String> command)
            throws IOException, InterruptedException {
        return run(new ProcessBuilder(command).directory(directory.toFile()), timeMax);
    }

    static Program run(Map<String, String> environment, Duration timeMax, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return run(builder, timeMax);
    }

    /** Runs it to its end, or until it took too long. */
    private static Program run(ProcessBuilder builder, Duration timeMax) throws IOException, InterruptedException {
        var out = Files.createTempFile("sdk", ".out");
        var err = Files.createTempFile("sdk", ".err");
        try {
            var process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(timeMax.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            return new Program(
                    builder.command().getFirst(),
                    ended ? process.exitValue() : TIMED_OUT,
                    Files.readString(out),
                    Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Whether a program of this name is on the path. */
    static boolean isInstalled(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
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
        return "%s ended with %d%n%s%n%s".formatted(name, exitCode, output, errors);
    }
}
