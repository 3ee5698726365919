package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestBackend;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.instance.InstanceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults as devices meet them over HTTPS. */
class FaultInjectionTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final TestPki.Entity DEVICE = ROOT.device("device-1");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 20_000;

    private final HttpClient admin = HttpClient.newHttpClient();
    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private String idScope;

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(EmulatorConfig.of(2, 100), directory, clock, BodyReader.Limits.DPS);
        idScope = emulator.description().instances().getFirst().idScope();
        emulator.addEnrollmentGroup(idScope, "fleet", ROOT.pem());
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    private TestDevice device() {
        return new TestDevice(emulator.description(), idScope, DEVICE);
    }

    private int registered() {
        return emulator.report(idScope).registered();
    }

    private int faulted(String kind) throws Exception {
        return send("GET", "", "").path("faulted").path(kind).asInt();
    }

    private JsonNode send(String method, String path, String body) throws Exception {
        var uri = URI.create(emulator.description().adminUrl() + "/instances/" + idScope + path);
        var request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return JSON.readTree(
                admin.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private void put(String fault) throws Exception {
        var told = send("PUT", "/faults", fault);
        assertThat(told.path("value")).as(told.toString()).isNotEmpty();
    }

    @Test
    void throttlingIsAnsweredAsDpsDoesButTakesNoQuota() throws Exception {
        put("{'kind':'throttle','retryAfterSeconds':7}");
        var answer = device().register("device-1");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("/errorCode")).isEqualTo("429001");
        assertThat(answer.header("x-ms-error-code")).isEqualTo("429001");
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(emulator.report(idScope).throttled()).isZero();
        assertThat(faulted("throttle")).isEqualTo(1);
    }

    @Test
    void retryAfterMayBeADateOrMissing() throws Exception {
        put("{'kind':'throttle','retryAfter':'date'}");
        assertThat(device().register("device-1").header("Retry-After")).endsWith(" GMT");
        put("{'kind':'throttle','retryAfter':'none'}");
        assertThat(device().register("device-1").header("Retry-After")).isEmpty();
    }

    @Test
    void aServerErrorHasItsStatusAndNothingIsRecorded() throws Exception {
        put("{'kind':'error','status':503}");
        var answer = device().register("device-1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/errorCode")).isEqualTo("503000");
        assertThat(answer.text("/trackingId")).isNotEmpty();
        assertThat(registered()).isZero();
    }

    @Test
    void anAnswerIsLateByItsLatency() throws Exception {
        put("{'kind':'latency','delayMillis':300}");
        long before = System.nanoTime();
        assertThat(device().register("device-1").status()).isEqualTo(202);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(faulted("latency")).isEqualTo(1);
    }

    @Test
    void aResetBeforeLeavesNoRecordAndAResetAfterDoes() throws Exception {
        put("{'kind':'reset-before'}");
        reset(register());
        assertThat(registered()).isZero();
        assertThat(send("DELETE", "/faults/reset-before", "").path("value")).isEmpty();
        put("{'kind':'reset-after'}");
        reset(register());
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void anOutageCutsEveryRequestUntilItsTimeIsOver() throws Exception {
        put("{'kind':'outage','durationMillis':60000}");
        reset(register());
        reset("GET " + device().path("device-1") + "/operations/5.0.0?" + TestDevice.API_VERSION);
        clock.turn(Duration.ofMinutes(1));
        assertThat(device().register("device-1").status()).isEqualTo(202);
    }

    @Test
    void anOutageOfOneInstanceLeavesTheOthersAlone() throws Exception {
        put("{'kind':'outage'}");
        idScope = emulator.description().instances().getLast().idScope();
        emulator.addEnrollmentGroup(idScope, "fleet", ROOT.pem());
        assertThat(device().register("device-1").status()).isEqualTo(202);
    }

    @Test
    void afterAFailoverTheRecordsOfTheLastMomentsAreGone() throws Exception {
        device().register("device-1");
        clock.turn(Duration.ofMinutes(1));
        new TestDevice(emulator.description(), idScope, ROOT.device("device-2")).register("device-2");
        put("{'kind':'failover','lostSeconds':30}");
        reset(register());
        clock.turn(Duration.ofHours(1));
        assertThat(device().lookUp("device-1").status()).isEqualTo(200);
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void aHangingRequestIsNeitherAnsweredNorRecorded() throws Exception {
        put("{'kind':'hang'}");
        var client = HttpClient.newBuilder()
                .sslContext(TestDevice.sslContext(DEVICE, emulator.description().caFile()))
                .build();
        var request = HttpRequest.newBuilder(
                        URI.create("https://" + emulator.description().deviceEndpoint() + device().path("device-1")
                                + "/register?" + TestDevice.API_VERSION))
                .timeout(Duration.ofMillis(500))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()));
        assertThat(registered()).isZero();
        assertThat(faulted("hang")).isEqualTo(1);
    }

    @Test
    void aHangEndsInAResetWhenItsFaultDoes() throws Exception {
        put("{'kind':'hang','durationMillis':300}");
        reset(register());
    }

    @Test
    void anAnswerDripsByteByByte() throws Exception {
        put("{'kind':'drip','delayMillis':1}");
        var answer = raw(register());
        assertThat(answer).startsWith("HTTP/1.1 202 ");
        var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        var ones = body.split("1\r\n", -1);
        assertThat(ones.length).isGreaterThan(60);
        assertThat(body.replaceAll("1\r\n(.)\r\n", "$1")).contains("\"status\":\"assigning\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing-registration-state", "missing-operation-id", "missing-substatus", "wrong-types"})
    void aMalformedAnswerLacksWhatSdksRelyOn(String malformed) throws Exception {
        var operation = device().register("device-1").text("/operationId");
        clock.turn(InstanceConfig.ASSIGN_DELAY);
        put("{'kind':'malformed','malformedKind':'%s','on':'poll'}".formatted(malformed));
        var answer = device().poll("device-1", operation);
        assertThat(answer.status()).isEqualTo(200);
        boolean whole = answer.body().at("/registrationState/substatus").isTextual()
                && answer.body().path("operationId").isTextual();
        assertThat(whole).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "not-json"})
    void aMalformedAnswerMayNotBeJsonAtAll(String malformed) throws Exception {
        put("{'kind':'malformed','malformedKind':'%s'}".formatted(malformed));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> device().register("device-1"));
        assertThat(registered()).isEqualTo(1);
    }

    @Test
    void theServiceApiFailsOnDemandAndDevicesDoNotNotice() throws Exception {
        put("{'kind':'error','status':503,'on':'service','retryAfter':'seconds'}");
        var backend = new TestBackend(
                emulator.description(), emulator.description().instances().getFirst(), clock.now());
        var refused = backend.get("/enrollmentGroups/fleet");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("/errorCode")).isEqualTo("503000");
        assertThat(refused.header("Retry-After")).isEqualTo("3");
        assertThat(device().register("device-1").status()).isEqualTo(202);
        send("DELETE", "/faults", "");
        assertThat(backend.get("/enrollmentGroups/fleet").status()).isEqualTo(200);
    }

    @Test
    void faultsAreToldAndEnded() throws Exception {
        put("[{'kind':'latency','delayMillis':1},{'kind':'error','rate':0.5,'durationMillis':60000}]");
        put("{'kind':'drip'}");
        clock.turn(Duration.ofSeconds(1));
        var told = send("GET", "/faults", "");
        assertThat(told.at("/value").findValuesAsText("kind")).containsExactly("error", "latency", "drip");
        assertThat(told.at("/value/0/remainingMillis").asInt()).isEqualTo(59_000);
        assertThat(send("GET", "", "").path("activeFaults")).hasSize(3);
        assertThat(send("PUT", "/faults", told.toString())).isNotEmpty();
        assertThat(send("PUT", "/faults", "[{'kind':'hang'}]").path("value")).hasSize(1);
        assertThat(send("DELETE", "/faults", "").path("value")).isEmpty();
        assertThat(send("DELETE", "/faults/hang", "").path("message").asText()).isEqualTo("Not found");
    }

    @Test
    void aWrongFaultIsNamedAndChangesNothing() throws Exception {
        put("{'kind':'drip'}");
        assertThat(send("PUT", "/faults", "[{'kind':'hang'},{'kind':'error','status':200}]")
                        .path("pointer")
                        .asText())
                .isEqualTo("/1/status");
        assertThat(send("PUT", "/faults", "no").path("message").asText()).contains("is not JSON");
        assertThat(send("GET", "/faults", "").path("value").findValuesAsText("kind"))
                .containsExactly("drip");
    }

    @Test
    void deletingTheStateForgetsCountsAndKeepsFaults() throws Exception {
        put("{'kind':'error'}");
        device().register("device-1");
        assertThat(faulted("error")).isEqualTo(1);
        send("DELETE", "/state", "");
        assertThat(faulted("error")).isZero();
        assertThat(device().register("device-1").status()).isEqualTo(500);
    }

    private String register() {
        return "PUT " + device().path("device-1") + "/register?" + TestDevice.API_VERSION;
    }

    private void reset(String request) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> raw(request))
                .withMessageContaining("reset");
    }

    /** All that comes over a connection of its own until it ends. */
    private String raw(String request) throws IOException {
        var endpoint = emulator.description().deviceEndpoint().split(":", 2);
        var sockets =
                TestDevice.sslContext(DEVICE, emulator.description().caFile()).getSocketFactory();
        try (var socket = (SSLSocket) sockets.createSocket(endpoint[0], Integer.parseInt(endpoint[1]))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var message = request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
