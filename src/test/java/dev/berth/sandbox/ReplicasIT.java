package dev.berth.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import dev.berth.store.cosmos.NeedsLocalCosmos;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes of the packaged service on one Cosmos DB, and a fleet that boots through all of them at once: one is killed and started
 * again, another is stopped for longer than its slots last. What is checked is what can be seen from outside: at the emulator, and through the API.
 */
@NeedsLocalCosmos
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ReplicasIT {
    private static final int DEVICES = 2_000;
    private static final int LIMIT_PER_MINUTE = 1_000;
    private static final int CALLS_IN_FLIGHT_MAX = 32;
    private static final int REQUESTS_MAX = 60;
    private static final Duration PAUSE = Duration.ofSeconds(8);

    /** Longer than a replica takes to notice that its clock, or another process, went on without it. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final FleetCounts counts = new FleetCounts();
    private SandboxFiles files;
    private Process sandbox;
    private JsonNode description;

    @BeforeEach
    void start() throws Exception {
        files = new SandboxFiles(folder.resolve("sandbox"));
        sandbox = berth(
                "sandbox",
                "--dir",
                files.directory().toString(),
                "--limit",
                String.valueOf(LIMIT_PER_MINUTE),
                "--store",
                "cosmos",
                "--replicas",
                "3");
        assertThat(sandbox.inputReader().readLine()).startsWith("READY");
        description = new JsonMapper().readTree(files.description().toFile());
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroy);
    }

    @Test
    void aFleetBootsThroughReplicasThatAreKilledStoppedAndStartedAgain() throws Exception {
        var trouble = CompletableFuture.runAsync(this::trouble, Thread.ofVirtual()::start);
        new Fleet(counts, new Progress(new PrintWriter(System.out, true, UTF_8), false), () -> 0).run(boots());
        trouble.get();

        assertThat(counts.problems()).isEmpty();
        assertThat(counts.registered).hasValue(DEVICES);
        noInstanceSawMoreThanItAllows();
        everyDeviceRegisteredAtTheOneInstanceThatItIsKnownAt();
    }

    /** In the midst of it: replica 2 dies, replica 3 stands still, replica 2 comes back. */
    private void trouble() {
        awaitRegistered(DEVICES / 8);
        replica(2).destroyForcibly();
        awaitRegistered(DEVICES / 4);
        var paused = replica(3);
        signal("STOP", paused);
        LockSupport.parkNanos(PAUSE.toNanos());
        signal("CONT", paused);
        try {
            berth("serve", "--config", files.settings(2).toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitRegistered(int devices) {
        while (counts.registered.get() < devices) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private ProcessHandle replica(int number) {
        return sandbox.toHandle()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("berth-" + number + ".properties"))
                .findFirst()
                .orElseThrow();
    }

    private static void signal(String signal, ProcessHandle process) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void noInstanceSawMoreThanItAllows() throws Exception {
        for (var instance : description.path("emulator").path("instances")) {
            var counted = emulator("/instances/" + instance.path("idScope").asText());
            assertThat(counted.path("worstSlidingMinute").asInt())
                    .as(counted.toString())
                    .isLessThanOrEqualTo(LIMIT_PER_MINUTE);
            assertThat(counted.path("throttled").asInt()).isZero();
        }
    }

    private void everyDeviceRegisteredAtTheOneInstanceThatItIsKnownAt() throws Exception {
        var registered = new HashMap<String, String>();
        for (var instance : description.path("emulator").path("instances")) {
            var arrivals = emulator("/instances/" + instance.path("idScope").asText() + "/arrivals");
            var here = new HashSet<String>();
            arrivals.path("value")
                    .forEach(arrival -> here.add(arrival.path("registrationId").asText()));
            here.forEach(device -> assertThat(
                            registered.put(device, instance.path("name").asText()))
                    .as("%s came to another instance, too", device)
                    .isNull());
        }
        assertThat(registered).hasSize(DEVICES);
        assertThat(known()).isEqualTo(registered);
    }

    /** The instance of each device, as any replica tells an administrator. */
    private Map<String, String> known() throws Exception {
        var https = new HttpsCaller(tls().context(PemFiles.read(files.adminCertificate(), files.adminKey())));
        var known = new HashMap<String, String>();
        var admin = URI.create(description.path("adminUrl").asText());
        var next = "/v1/tenants/demo/devices?limit=1000";
        while (!next.isEmpty()) {
            var page = https.get(admin.resolve(next).toString()).body();
            page.path("value").forEach(device -> {
                // Every report was answered well, or else there were problems.
                assertThat(device.path("state").asText()).as(device.toString()).isEqualTo("registered");
                known.put(
                        device.path("registrationId").asText(),
                        device.path("dpsInstance").asText());
            });
            next = page.path("nextLink").asText();
        }
        return known;
    }

    private JsonNode emulator(String path) throws IOException, InterruptedException {
        var uri = URI.create(description.path("emulator").path("adminUrl").asText() + path);
        try (var http = HttpClient.newHttpClient()) {
            return new JsonMapper()
                    .readTree(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
                            .body());
        }
    }

    private List<Callable<Registration>> boots() throws Exception {
        var names =
                IntStream.range(0, DEVICES).mapToObj("sensor-%04d"::formatted).toList();
        var authority = PemFiles.read(files.deviceCaCertificate(), files.deviceCaKey());
        var keys = new Pki().devices(authority, names, KeyAlgorithm.P_256);
        var inFlight = new Semaphore(CALLS_IN_FLIGHT_MAX);
        var boots = new ArrayList<Callable<Registration>>();
        for (var place = 0; place < DEVICES; place++) {
            boots.add(boot(place, names.get(place), keys.get(place), inFlight));
        }
        return boots;
    }

    private Callable<Registration> boot(int place, String name, CertifiedKey key, Semaphore inFlight) throws Exception {
        var https = new HttpsCaller(tls().context(key));
        var dps = new PlainClient(https, PlainClient.Throttled.FAILS, REQUESTS_MAX);
        var replicas = deviceUrls();
        Collections.rotate(replicas, place);
        var device = new FleetDevice(name, replicas, https, dps, inFlight, counts);
        return () -> bootTwice(device);
    }

    /** A device that lost its way to DPS starts again. Busy machines lose connections, and this is no test of theirs. */
    private static Registration bootTwice(FleetDevice device) throws Exception {
        var end = device.boot();
        return end instanceof Registration.Failed ? device.boot() : end;
    }

    private List<String> deviceUrls() throws IOException {
        var urls = new ArrayList<String>();
        urls.add(description.path("deviceUrl").asText());
        for (var replica = 2; replica <= 3; replica++) {
            var settings = new Properties();
            try (var reader = Files.newBufferedReader(files.settings(replica))) {
                settings.load(reader);
            }
            urls.add("https://localhost:" + settings.getProperty("berth.device.port"));
        }
        return urls;
    }

    private ClientTls tls() throws Exception {
        return new ClientTls(PemFiles.readCertificates(files.trusted()));
    }

    private Process berth(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + LocalCosmos.PLAIN_HTTP_PROPERTY + "=true",
                "-jar",
                Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        processes.add(process);
        return process;
    }
}
