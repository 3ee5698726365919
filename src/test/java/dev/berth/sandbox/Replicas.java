package dev.berth.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.cli.PackagedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A sandbox of the packaged program with {@value #COUNT} replicas on one Cosmos DB, and what can befall the second and the third. */
final class Replicas implements AutoCloseable {
    static final int COUNT = 3;
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final JsonMapper JSON = new JsonMapper();

    /** Four JVMs warm up at once here, for half a minute of work each: they shall compile little and collect with one thread. */
    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final List<Process> started = new ArrayList<>();
    private final List<String> options;
    private final SandboxFiles files;
    private final JsonNode description;
    private final Process sandbox;

    private Replicas(Path folder, int limitPerMinute, List<String> options) throws IOException {
        this.options = options;
        files = new SandboxFiles(folder.resolve("sandbox"));
        sandbox = berth(
                Map.of(),
                "sandbox",
                "--dir",
                files.directory().toString(),
                "--limit",
                String.valueOf(limitPerMinute),
                "--store",
                "cosmos",
                "--replicas",
                String.valueOf(COUNT));
        assertThat(sandbox.inputReader().readLine()).startsWith("READY");
        description = JSON.readTree(files.description().toFile());
    }

    /** Returns when all are ready. The {@code settings} hold for each of them. */
    static Replicas start(Path folder, int limitPerMinute, Map<String, String> settings) throws IOException {
        var options = settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toList();
        return new Replicas(folder, limitPerMinute, options);
    }

    SandboxFiles files() {
        return files;
    }

    /** Of the emulated DPS instances, as the sandbox describes them. */
    List<JsonNode> instances() {
        var instances = new ArrayList<JsonNode>();
        description.path("emulator").path("instances").forEach(instances::add);
        return instances;
    }

    URI emulator() {
        return URI.create(description.path("emulator").path("adminUrl").asText());
    }

    /** Where devices call, one address for each. */
    List<String> deviceUrls() {
        return List.of(url(1, "device"), url(2, "device"), url(3, "device"));
    }

    String adminUrl(int replica) {
        return url(replica, "admin");
    }

    private String url(int replica, String listener) {
        return replica == 1
                ? description.path(listener + "Url").asText()
                : "https://localhost:" + settings(replica).getProperty("berth." + listener + ".port");
    }

    private Properties settings(int replica) {
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(files.settings(replica))) {
            settings.load(reader);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: it has no time to say or to write anything. */
    void kill(int replica) {
        process(replica).destroyForcibly();
        await(() -> !isRunning(replica));
    }

    /** SIGSTOP: it stands still and knows nothing of it. */
    void pause(int replica) {
        signal("STOP", replica);
    }

    void resume(int replica) {
        signal("CONT", replica);
    }

    /** Starts one again that was killed, and waits until it is ready. */
    void restart(int replica, Map<String, String> environment) throws IOException {
        berth(environment, "serve", "--config", files.settings(replica).toString());
        await(() -> isReady(replica));
    }

    /** Whether it wants to be asked, as it tells whoever balances load between them. */
    boolean isReady(int replica) {
        var port = settings(replica).getProperty("berth.management.port");
        try {
            var probe = (HttpURLConnection) URI.create("http://localhost:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            return probe.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException away) {
            return false;
        }
    }

    boolean isRunning(int replica) {
        return ofReplica(replica).findAny().isPresent();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private ProcessHandle process(int replica) {
        return ofReplica(replica).findFirst().orElseThrow();
    }

    private Stream<ProcessHandle> ofReplica(int replica) {
        return ProcessHandle.current()
                .descendants()
                .filter(process ->
                        process.info().commandLine().orElse("").contains("berth-" + replica + ".properties"));
    }

    private void signal(String signal, int replica) {
        var pid = String.valueOf(process(replica).pid());
        try {
            assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Process berth(Map<String, String> environment, String... arguments) throws IOException {
        var before = new ArrayList<>(List.of("-D" + LocalCosmos.PLAIN_HTTP_PROPERTY + "=true"));
        before.addAll(SMALL);
        before.addAll(options);
        var builder = PackagedProgram.of(before, List.of(arguments));
        builder.environment().putAll(environment);
        var process = builder.start();
        started.add(process);
        return process;
    }

    @Override
    public void close() {
        started.forEach(Process::destroy);
        started.forEach(process -> process.onExit().join());
    }
}
