package dev.berth.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Berth with emulated DPS instances, in a process that ends with this one. */
final class Sandbox implements AutoCloseable {
    private static final long STOP_SECONDS_MAX = 20;

    private final Process process;
    private final Path folder;
    private final JsonNode description;

    private Sandbox(Process process, Path folder, JsonNode description) {
        this.process = process;
        this.folder = folder;
        this.description = description;
    }

    /** Returns when it is ready. */
    static Sandbox start(Launcher launcher, Path folder, int instances, int limitPerMinute) throws IOException {
        var process = launcher.start(
                "sandbox", "--dir", folder.toString(), "--instances", "" + instances, "--limit", "" + limitPerMinute);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        awaitReady(process);
        return new Sandbox(
                process,
                folder,
                new JsonMapper().readTree(folder.resolve("sandbox.json").toFile()));
    }

    String url() {
        return description.path("deviceUrl").asText();
    }

    /** The CAs of the service and of the emulator. */
    Path trust() {
        return folder.resolve("ca.pem");
    }

    Path ca() {
        return Path.of(description.path("deviceCa").path("certificateFile").asText());
    }

    Path caKey() {
        return Path.of(description.path("deviceCa").path("keyFile").asText());
    }

    @Override
    public void close() {
        stop(process);
    }

    /** What it prints later is read by nobody, and is little. */
    private static void awaitReady(Process process) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("READY")) {
                return;
            }
        }
        throw new IOException("the sandbox ended before it was ready");
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
