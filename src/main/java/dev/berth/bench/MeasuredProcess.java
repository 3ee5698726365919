package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A verb of Berth in a process of its own, whose CPU time is what counts. */
final class MeasuredProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(2);

    private final Process process;
    private final JsonNode description;

    private MeasuredProcess(Process process, JsonNode description) {
        this.process = process;
        this.description = description;
    }

    /** Returns when the process has written {@code ready}, a JSON file that says where it is. */
    static MeasuredProcess start(List<String> command, Path ready) throws IOException, InterruptedException {
        return start(command, Map.of(), ready);
    }

    /** The same with more environment variables. */
    static MeasuredProcess start(List<String> command, Map<String, String> environment, Path ready)
            throws IOException, InterruptedException {
        Files.createDirectories(ready.toAbsolutePath().getParent());
        Files.deleteIfExists(ready);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ready.resolveSibling("bench.out").toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!Files.exists(ready)) {
            if (System.nanoTime() > deadline || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                process.destroy();
                throw new IOException(command + " did not start; see bench.out beside " + ready);
            }
        }
        return new MeasuredProcess(process, new ObjectMapper().readTree(ready.toFile()));
    }

    /** What it wrote when it was ready. */
    JsonNode description() {
        return description;
    }

    /** The process itself. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Its CPU time. */
    MeasuredCpu cpu() {
        return new MeasuredCpu(handle());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
