package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.ChainVerdict;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.RegistrationReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the device listener promises over HTTP, whichever engine speaks TLS; a subclass names the engine. */
abstract class DeviceListenerContract extends DeviceListenerFixture {
    DeviceListenerContract(TlsEngine engine) {
        super(engine);
    }

    @Test
    void tellsADeviceItsIdScope() throws IOException {
        try (var device = connect(PKI.device("device-1", KeyAlgorithm.P_256), "TLSv1.3")) {
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
                ListenerScript.INSTANCE,
                3,
                Instant.parse("2026-11-21T10:00:00.250Z"),
                Duration.ofMillis(700),
                "hub-1",
                "Device-1");
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
        limits = limits.withRequests(RequestLimits.DEFAULT.withArrivalMax(Duration.ofMillis(200)));
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
            device.write("GET /v1/id-scope HTTP/1.1\r\n\r\n".repeat(RequestLimits.PIPELINED_MAX + 1));
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
    void handshakesUseEveryProcessor() throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < processors; i++) {
            try (var device = connect()) {
                assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            }
        }
        assertThat(counts.handshakeThreads()).hasSize(processors);
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
        assertThat(log.takeOnly()).contains("secret");
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

    private static String reportHead(String framing) {
        return "POST /v1/registrations/me/result HTTP/1.1\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n";
    }
}
