package dev.berth.sandbox;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The service once more, in a process of its own that ends with this one. */
final class Replica {
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Process process;
    private final ServicePorts ports;
    private final Path output;

    private Replica(Process process, ServicePorts ports, Path output) {
        this.process = process;
        this.ports = ports;
        this.output = output;
    }

    /** Starts it with these settings, which go into {@code file}. */
    static Replica start(ServicePorts ports, Map<String, String> settings, Path file) throws IOException {
        write(settings, file);
        var output = file.resolveSibling(file.getFileName() + ".out");
        var process = new ProcessBuilder(command(file))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new Replica(process, ports, output);
    }

    /** Returns once it says that it is ready. */
    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!Service.isReady(ports)) {
            if (process.waitFor(LOOK_EVERY)) {
                throw new IOException("a replica ended at its start; see " + output);
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("a replica is not ready after " + START_MAX.toSeconds() + " s; see " + output);
            }
        }
    }

    private static List<String> command(Path file) {
        var command = new ArrayList<>(ThisProgram.command(LocalCosmos.PLAIN_HTTP_PROPERTY + "=true"));
        command.addAll(List.of("serve", "--config", file.toString()));
        return command;
    }

    private static void write(Map<String, String> settings, Path file) throws IOException {
        var lines = new Properties();
        lines.putAll(settings);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var writer = Files.newBufferedWriter(file)) {
            lines.store(writer, null);
        }
    }
}
