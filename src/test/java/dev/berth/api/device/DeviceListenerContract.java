package dev.berth.api.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.contract.Contract;
import dev.berth.identity.ChainVerdict;
import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Limits;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.provisioning.ReportAnswer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the device listener promises over real sockets, whichever engine speaks TLS; a subclass names the engine. */
@Timeout(60)
abstract class DeviceListenerContract {
    private static final TestPki PKI = new TestPki("test-ca");
    private static final TestPki.Credential DEVICE = PKI.device("device-0001", KeyAlgorithm.P_256);
    private static final Contract CONTRACT = Contract.load();
    private static final DpsInstance INSTANCE = new DpsInstance(
            new DpsInstanceId(new TenantId("contoso"), "dps-1"),
            "0ne00000001",
            "global.azure-devices-provisioning.net",
            "dps-1.azure-devices-provisioning.net",
            null,
            null,
            null,
            Limits.DPS,
            1,
            DpsInstance.State.ACTIVE);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final TlsEngine engine;
    private final Script script = new Script();
    private DeviceLimits limits = DeviceLimits.DEFAULT;
    private @Nullable DeviceListener running;

    DeviceListenerContract(TlsEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void writeServerCredential() throws IOException {
        TestPki.write(directory, PKI.server("localhost", KeyAlgorithm.P_256));
    }

    @AfterEach
    void stop() {
        assertThat(script.failures).isEmpty();
        if (running != null) {
            running.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3,P_256",
        "TLSv1.2,P_256",
        "TLSv1.3,P_384",
        "TLSv1.2,P_384",
        "TLSv1.3,RSA_2048",
        "TLSv1.2,RSA_2048"
    })
    void tellsADeviceItsIdScope(String protocol, KeyAlgorithm algorithm) throws IOException {
        try (var device = connect(PKI.device("device-1", algorithm), protocol)) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers())
                    .containsEntry("cache-control", "no-store")
                    .containsKey("x-request-id");
            assertThat(answer.body()).isEqualTo("""
                            {"action":"register","registrationId":"device-1","idScope":"0ne00000001",\
                            "globalEndpoint":"global.azure-devices-provisioning.net",\
                            "serviceEndpoint":"dps-1.azure-devices-provisioning.net","generation":1,\
                            "registerAt":"2026-11-21T10:00:00.250Z","registerAfterSeconds":1.235,\
                            "registerWithinSeconds":0.700}""");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aDeviceWithoutACertificateReadsWhy(String protocol) throws IOException {
        try (var device = connect(null, protocol)) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("certificate-missing");
            assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        }
    }

    @ParameterizedTest
    @EnumSource(ChainVerdict.Reason.class)
    void everyVerdictIsAProblemOfItsOwn(ChainVerdict.Reason reason) throws IOException {
        script.verdict = new ChainVerdict.Refused(reason, "because");
        try (var device = connect()) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.status()).isEqualTo(reason == ChainVerdict.Reason.CERTIFICATE_MISSING ? 401 : 403);
            assertThat(answer.problem().replace('-', '_')).isEqualToIgnoringCase(reason.name());
            assertThat(answer.json().path("detail").asText()).isEqualTo("because");
        }
    }

    @Test
    void judgesTheChainOnEveryRequestOfAConnection() throws IOException {
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            script.verdict = new ChainVerdict.Refused(ChainVerdict.Reason.CERTIFICATE_EXPIRED, "meanwhile");
            assertThat(device.get("/v1/id-scope").problem()).isEqualTo("certificate-expired");
        }
    }

    @Test
    void handsTheWholeChainToTheJudge() throws IOException {
        var chain =
                DEVICE.with(PKI.ca().certificate(), new TestPki("stranger").ca().certificate());
        try (var device = connect(chain, "TLSv1.3")) {
            device.get("/v1/id-scope");
            assertThat(script.judged.getLast()).isEqualTo(chain.chain());
        }
    }

    @Test
    void aChainOfTwentyCertificatesStillReachesTheJudge() throws IOException {
        var chain = DEVICE;
        for (int i = 0; i < 19; i++) {
            chain = chain.with(new TestPki("stranger-" + i).ca().certificate());
        }
        try (var device = connect(chain, "TLSv1.3")) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            assertThat(script.judged.getLast()).hasSize(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void noSessionIsResumed(String protocol) throws IOException {
        var context = DeviceClient.context(DEVICE);
        var listener = listener();
        byte[] first;
        try (var device = DeviceClient.connect(listener.port(), context, protocol)) {
            device.get("/v1/id-scope");
            first = device.socket().getSession().getId();
        }
        try (var device = DeviceClient.connect(listener.port(), context, protocol)) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            assertThat(device.socket().getSession().getId()).isNotEqualTo(first);
        }
    }

    @Test
    void passesOnThatTheDeviceWantsToRegisterAgain() throws IOException {
        try (var device = connect()) {
            device.get("/v1/id-scope?register=true");
            device.get("/v1/id-scope?register=false");
            assertThat(script.registerAgain).containsExactly(true, false);
        }
    }

    @Test
    void anyOtherWordForRegisterIsAViolation() throws IOException {
        try (var device = connect()) {
            var answer = device.get("/v1/id-scope?register=yes");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/register");
            assertThat(device.get("/v1/id-scope?register=%zz").status()).isEqualTo(400);
            assertThat(device.get("/v1/id-scope?more=true").status()).isEqualTo(400);
        }
    }

    @Test
    void tellsARegisteredDeviceToConnect() throws IOException {
        script.answer = new IdScopeAnswer.Connect(
                INSTANCE, 3, Instant.parse("2026-11-21T10:00:00.250Z"), Duration.ofMillis(700), "hub-1", "Device-1");
        try (var device = connect()) {
            var answer = device.get("/v1/id-scope").json();
            assertThat(answer.path("action").asText()).isEqualTo("connect");
            assertThat(answer.path("assignedHub").asText()).isEqualTo("hub-1");
            assertThat(answer.path("deviceId").asText()).isEqualTo("Device-1");
            assertThat(answer.path("registerAfterSeconds").asInt()).isZero();
        }
    }

    @Test
    void aQueuedDeviceLearnsWhenToAskAgain() throws IOException {
        script.answer = new IdScopeAnswer.Queued(7, 6, Duration.ofMillis(1_500));
        try (var device = connect()) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsEntry("retry-after", "2");
        }
    }

    @Test
    void takesAReport() throws IOException {
        try (var device = connect()) {
            var answer = device.post(
                    "/v1/registrations/me/result",
                    "{\"status\":\"assigned\",\"assignedHub\":\"hub-1\",\"deviceId\":\"device-1\"}");
            assertThat(answer.status()).isEqualTo(409); // the script says NotTold
            assertThat(script.reports).containsExactly(new RegistrationReport.Assigned("hub-1", "device-1"));
        }
    }

    @Test
    void aReportNeedNotNameTheHubNorTheDeviceId() throws IOException {
        try (var device = connect()) {
            device.post("/v1/registrations/me/result", "{\"status\":\"assigned\"}");
            assertThat(script.reports).containsExactly(new RegistrationReport.Assigned(null, null));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                       | malformed  |",
                "[1]                                     | validation |",
                "{\"status\":\"failed\",\"status\":\"failed\"}   | malformed  |",
                "{\"status\":\"failed\"} {}                  | malformed  |",
                "{\"status\":\"maybe\"}                      | validation | /status",
                "{}                                      | validation | /status",
                "{\"status\":\"assigned\",\"assignedHub\":\"\"}  | validation | /assignedHub",
                "{\"status\":\"failed\",\"errorCode\":\"x\"}     | validation | /errorCode",
                "{\"status\":\"failed\",\"more\":1}            | validation | /more",
                "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]] | malformed  |",
            })
    void aReportThatIsNoneIsRefusedByName(String body, String problem, @Nullable String pointer) throws IOException {
        try (var device = connect()) {
            var answer = device.post("/v1/registrations/me/result", body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo(problem);
            if (pointer != null) {
                assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
            }
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200); // the connection lives on
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,404,not-found",
        "GET,/v1/id-scope/,404,not-found",
        "POST,/v1/id-scope,405,method-not-allowed",
        "DELETE,/v1/registrations/me/result,405,method-not-allowed",
        "BREW,/v1/id-scope,405,method-not-allowed",
        "POST,/v1/registrations/me/result,415,unsupported-media-type",
    })
    void whatIsNotServedIsAProblem(String method, String path, int status, String problem) throws IOException {
        try (var device = connect()) {
            var answer = device.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.problem()).isEqualTo(problem);
        }
    }

    @ParameterizedTest
    @CsvSource({"*/*,200", "application/*,200", "'text/html, application/json;q=0.5',200", "text/html,406"})
    void answersInJsonToWhoeverTakesIt(String accept, int status) throws IOException {
        try (var device = connect()) {
            var answer = device.send("GET /v1/id-scope HTTP/1.1\r\nAccept: " + accept + "\r\n\r\n");
            assertThat(answer.status()).isEqualTo(status);
        }
    }

    @Test
    void saysWhatItAllows() throws IOException {
        try (var device = connect()) {
            var answer = device.send("OPTIONS /v1/id-scope HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers()).containsEntry("allow", "GET");
            assertThat(device.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void servesThePageThatExplainsProblems() throws IOException {
        try (var device = connect(null, "TLSv1.3")) {
            assertThat(device.get("/docs/problems.md").body()).contains("certificate-missing");
        }
    }

    @ParameterizedTest
    @CsvSource({"2100,0,414,uri-too-long", "0,9000,431,headers-too-large"})
    void tooMuchBeforeTheBodyIsRefused(int path, int header, int status, String problem) throws IOException {
        try (var device = connect()) {
            var answer = device.send(
                    "GET /" + "a".repeat(path) + " HTTP/1.1\r\nX-Filler: " + "b".repeat(header) + "\r\n\r\n");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.problem()).isEqualTo(problem);
            assertThat(device.closed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5000", "Transfer-Encoding: chunked"})
    void aBodyTooLargeIsRefused(String framing) throws IOException {
        try (var device = connect()) {
            var body = framing.startsWith("T") ? "1388\r\n" + " ".repeat(5_000) + "\r\n0\r\n\r\n" : " ".repeat(5_000);
            var answer = device.send(reportHead(framing) + body);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200); // what was too much has been dropped
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /v1/id-scope\r\n\r\n",
                "GET /v1/id-scope HTTP/9.9\r\n\r\n",
                "GET /v1/id-scope HTTP/1.1\r\nno colon\r\n\r\n",
                "POST /v1/registrations/me/result HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: x\r\n\r\n",
                "POST /v1/registrations/me/result HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST /v1/registrations/me/result HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/registrations/me/result HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            })
    void whatIsNotHttpIsTheCallersFault(String bytes) throws IOException {
        try (var device = connect()) {
            assertThat(device.send(bytes).status()).isBetween(400, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/id-scope HT",
                "GET /v1/id-scope HTTP/1.1\r\nX-Slow: a",
                "POST /v1/registrations/me/result HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"s",
            })
    void aRequestThatDoesNotArriveInTimeIsRefused(String start) throws IOException {
        limits = limits.withArrivalMax(Duration.ofMillis(200));
        try (var device = connect()) {
            var answer = device.send(start);
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.problem()).isEqualTo("request-timeout");
            assertThat(device.closed()).isTrue();
        }
    }

    @Test
    void aConnectionWithoutARequestIsClosedInTheEnd() throws IOException {
        limits = limits.withIdleMax(Duration.ofMillis(200));
        try (var device = connect()) {
            assertThat(device.closed()).isTrue();
        }
    }

    @Test
    void invitesTheBodyOfADeviceThatAsksFirst() throws IOException {
        try (var device = connect()) {
            var go = device.send(reportHead("Content-Length: 19\r\nExpect: 100-continue"));
            assertThat(go.status()).isEqualTo(100);
            assertThat(device.send("{\"status\":\"failed\"}").status()).isEqualTo(409);
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        try (var device = connect()) {
            device.write(
                    "GET /v1/id-scope HTTP/1.1\r\n\r\nGET /nowhere HTTP/1.1\r\n\r\nGET /v1/id-scope HTTP/1.1\r\n\r\n");
            assertThat(List.of(
                            device.read().status(),
                            device.read().status(),
                            device.read().status()))
                    .containsExactly(200, 404, 200);
        }
    }

    @Test
    void closesAConnectionThatPipelinesWithoutEnd() throws IOException {
        script.hold();
        try (var device = connect()) {
            device.write("GET /v1/id-scope HTTP/1.1\r\n\r\n".repeat(limits.pipelinedMax() + 1));
            assertThat(device.closed()).isTrue();
        } finally {
            script.release();
        }
    }

    @Test
    void survivesDevicesThatHangUp() throws IOException {
        for (int i = 0; i < 20; i++) {
            var device = connect();
            device.write("GET /v1/id-scope HTTP/1.1\r\n\r\n".substring(0, 5 + i));
            device.abort();
        }
        awaitNoConnection();
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void survivesStrangersThatDoNotSpeakTls() throws IOException {
        try (var plain = new Socket(InetAddress.getLoopbackAddress(), listener().port())) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            plain.getInputStream().readAllBytes();
        }
        awaitNoConnection();
    }

    @Test
    void servesManyConnectionsAtOnce() throws Exception {
        var listener = listener();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 200; i++) {
                answers.add(threads.submit(() -> {
                    try (var device = DeviceClient.connect(listener.port(), DEVICE, "TLSv1.3")) {
                        return device.get("/v1/id-scope").status();
                    }
                }));
            }
            for (var answer : answers) {
                assertThat(answer.get(50, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
    }

    @Test
    void namesTheRequestAsItsCallerDoes() throws IOException {
        try (var device = connect()) {
            var answer = device.send("GET / HTTP/1.1\r\nX-Request-Id: order-7\r\n\r\n");
            assertThat(answer.headers()).containsEntry("x-request-id", "order-7");
            assertThat(answer.json().path("instance").asText()).isEqualTo("urn:berth:request:order-7");
        }
    }

    @Test
    void namesTheRequestByItsTrace() throws IOException {
        try (var device = connect()) {
            var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
            var answer = device.send("GET / HTTP/1.1\r\ntraceparent: 00-" + trace + "-00f067aa0ba902b7-01\r\n\r\n");
            assertThat(answer.headers()).containsEntry("x-request-id", trace);
            assertThat(answer.json().path("instance").asText()).isEqualTo("urn:berth:request:" + trace);
        }
    }

    @Test
    void aFaultOfOursShowsNothingOfItself() throws IOException {
        script.fault = true;
        try (var device = connect()) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret").contains("urn:berth:request:");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "RSA_2048"})
    void showsAnyCommonKindOfServerCertificate(KeyAlgorithm algorithm) throws IOException {
        TestPki.write(directory, PKI.server("localhost", algorithm));
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void reloadsUnderLoadAndStillAsksForCertificates() throws Exception {
        var listener = listener();
        var stop = new AtomicBoolean();
        var served = new AtomicInteger();
        var failures = new CopyOnWriteArrayList<Throwable>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> keepCalling(listener.port(), stop, served, failures));
            }
            for (var name : List.of("localhost-2", "localhost-3")) {
                awaitMore(served);
                TestPki.write(directory, PKI.server(name, KeyAlgorithm.P_256));
                listener.reload();
                awaitMore(served);
                assertThat(serverName()).isEqualTo("CN=" + name);
            }
            stop.set(true);
        }
        assertThat(failures).isEmpty();
        try (var device = connect(null, "TLSv1.3")) {
            assertThat(device.get("/v1/id-scope").problem()).isEqualTo("certificate-missing");
        }
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void keepsItsCertificateWhenTheNewOneCannotBeUsed() throws IOException {
        var listener = listener();
        Files.writeString(directory.resolve("server.key"), "nonsense");
        listener.reload();
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void answersWhatIsInWorkBeforeItStops() throws Exception {
        var listener = listener();
        script.hold();
        try (var idle = connect();
                var busy = connect();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            busy.write("GET /v1/id-scope HTTP/1.1\r\n\r\n");
            script.awaitHeld();
            var drained = threads.submit(() -> listener.drain(Duration.ofSeconds(20)));
            assertThat(idle.closed()).isTrue();
            assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
            script.release();
            var answer = busy.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(drained.get()).isTrue();
        }
    }

    @Test
    void stopsWaitingWhenTheGraceIsOver() throws Exception {
        var listener = listener();
        script.hold();
        try (var busy = connect()) {
            busy.write("GET /v1/id-scope HTTP/1.1\r\n\r\n");
            script.awaitHeld();
            assertThat(listener.drain(Duration.ofMillis(50))).isFalse();
        } finally {
            script.release();
        }
    }

    // --- what the tests are written with

    static TestPki pki() {
        return PKI;
    }

    DeviceClient connect() throws IOException {
        return connect(DEVICE, "TLSv1.3");
    }

    DeviceClient connect(TestPki.@Nullable Credential credential, String protocol) throws IOException {
        return DeviceClient.connect(listener().port(), credential, protocol);
    }

    /** The listener, started with the limits of this moment when it is first needed. */
    private DeviceListener listener() {
        if (running == null) {
            var settings = new DeviceListener.Settings(
                    "127.0.0.1",
                    0,
                    directory.resolve("server.crt"),
                    directory.resolve("server.key"),
                    Optional.of(engine),
                    limits);
            try {
                running = new DeviceListener(vertx, settings, CONTRACT, script, script, DeviceObserver.NONE).start();
            } catch (IOException | GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
        return running;
    }

    private static String reportHead(String framing) {
        return "POST /v1/registrations/me/result HTTP/1.1\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n";
    }

    private void awaitNoConnection() {
        while (listener().connectionsOpen() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void awaitMore(AtomicInteger served) {
        int enough = served.get() + 8;
        while (served.get() < enough) {
            Thread.onSpinWait();
        }
    }

    private String serverName() throws IOException {
        try (var device = connect()) {
            var shown = (X509Certificate) device.socket().getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private static void keepCalling(int port, AtomicBoolean stop, AtomicInteger served, List<Throwable> failures) {
        while (!stop.get() && failures.isEmpty()) {
            try (var device = DeviceClient.connect(port, DEVICE, "TLSv1.3")) {
                assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            } catch (IOException | AssertionError e) {
                failures.add(e);
            }
            served.incrementAndGet();
        }
    }

    /** Judge and provisioner that do as the test says. */
    private static final class Script implements ChainJudge, Provisioner {
        final List<List<X509Certificate>> judged = new CopyOnWriteArrayList<>();
        final List<Boolean> registerAgain = new CopyOnWriteArrayList<>();
        final List<RegistrationReport> reports = new CopyOnWriteArrayList<>();
        final List<Throwable> failures = new CopyOnWriteArrayList<>();
        volatile @Nullable ChainVerdict verdict;
        volatile IdScopeAnswer answer = new IdScopeAnswer.Register(
                INSTANCE,
                1,
                Instant.parse("2026-11-21T10:00:00.250Z"),
                Duration.ofNanos(1_234_000_001),
                Duration.ofMillis(700));
        volatile boolean fault;
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private final CountDownLatch held = new CountDownLatch(1);

        void hold() {
            gate = new CountDownLatch(1);
        }

        void release() {
            gate.countDown();
        }

        void awaitHeld() throws InterruptedException {
            assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public ChainVerdict judge(List<X509Certificate> chain) {
            judged.add(chain);
            var said = verdict;
            if (said != null) {
                return said;
            }
            var name = chain.getFirst().getSubjectX500Principal().getName().replace("CN=", "");
            return new ChainVerdict.Trusted(
                    new DeviceIdentity(new TenantId("contoso"), "factory", new RegistrationId(name), "00"));
        }

        @Override
        public IdScopeAnswer idScope(DeviceIdentity device, boolean again) {
            registerAgain.add(again);
            if (!Thread.currentThread().isVirtual()) {
                failures.add(new AssertionError("the event loop was blocked"));
            }
            if (fault) {
                throw new IllegalStateException("secret");
            }
            held.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return answer;
        }

        @Override
        public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
            reports.add(report);
            return new ReportAnswer.NotTold();
        }
    }
}
