package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TestWebhook;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.instance.RegistrationStatus;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import dev.berth.emulator.protocol.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device whose hub a real webhook chooses, well or badly, on real time. */
@Timeout(120)
class CustomAllocationTest {
    private static final TestPki.Entity ROOT = TestPki.root("Root");
    private static final TestPki.Entity DEVICE = ROOT.device("pump-7");
    private static final String ID_SCOPE = "0ne00ABCDEF";
    private static final int PATIENT_MILLIS = 60_000;
    private static final int HASTY_MILLIS = 300;
    private static final int CALLS_MAX = 100;
    private static final long LOOK_NANOS = 5_000_000;

    @TempDir
    Path directory;

    private TestWebhook webhook;
    private Emulator emulator;

    @BeforeEach
    void start() throws IOException {
        webhook = TestWebhook.start(ROOT.authority("Web").device("localhost"));
        start(PATIENT_MILLIS, CALLS_MAX);
    }

    private void start(int timeoutMillis, int callsMax) throws IOException {
        var caFile = Files.writeString(directory.resolve("web.pem"), ROOT.pem());
        emulator = Emulator.start(
                EmulatorConfig.read(Files.writeString(
                        directory.resolve("config.json"), """
                {"webhooks": {"timeoutMillis": %d, "callsMax": %d, "caFile": "%s"},
                 "instances": [{"name": "dps-1", "idScope": "%s", "hubs": ["one", "two"], "assignDelayMillis": 0}]}""".formatted(timeoutMillis, callsMax, caFile, ID_SCOPE))),
                directory);
        enroll(webhook.url("/allocate?code=secret"));
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
        webhook.close();
    }

    @Test
    void theWebhookChoosesTheHubAndAnswersTheDevice() {
        webhook.answers(200, "{\"iotHubHostName\": \"two.azure-devices.net\", \"payload\": {\"interval\": 60}}");
        var done = registered("{\"payload\": {\"modelId\": \"pump\"}}");
        assertThat(done.text("/status")).isEqualTo("assigned");
        assertThat(done.text("/registrationState/assignedHub")).isEqualTo("two.azure-devices.net");
        assertThat(done.body().at("/registrationState/payload/interval").asInt())
                .isEqualTo(60);
        assertThat(webhook.requests()).hasSize(1);
        var request = webhook.requests().getFirst();
        assertThat(request.query()).isEqualTo("code=secret");
        assertThat(request.contentType()).startsWith("application/json");
        assertThat(request.body().at("/deviceRuntimeContext/payload/modelId").asText())
                .isEqualTo("pump");
        assertThat(request.body().at("/enrollmentGroup/allocationPolicy").asText())
                .isEqualTo("custom");
        assertThat(request.body()
                        .at("/enrollmentGroup/customAllocationDefinition/webhookUrl")
                        .asText())
                .endsWith("/allocate?****");
        assertThat(request.body().at("/enrollmentGroup/attestation/type").asText())
                .isEqualTo("x509");
        assertThat(request.body().toString()).doesNotContain("secret");
    }

    @Test
    void anAnswerHasItsPayloadInApiVersionsThatKnowOne() {
        webhook.answers(200, "{\"iotHubHostName\": \"two.azure-devices.net\", \"payload\": {\"interval\": 60}}");
        var done = registered("{}");
        var poll = "/operations/" + done.text("/operationId") + "?api-version=";
        var device = new TestDevice(emulator.description(), ID_SCOPE, DEVICE);
        for (var version : new String[] {"2018-11-01", "2019-03-31"}) {
            var state = device.send("GET", device.path("pump-7") + poll + version, "")
                    .body()
                    .path("registrationState");
            assertThat(state.path("status").asText()).isEqualTo("assigned");
            assertThat(state.has("payload")).isEqualTo(version.equals("2019-03-31"));
        }
    }

    @Test
    void itMayUseTlsOfACaThatTheConfigurationTrusts() {
        enroll(webhook.tlsUrl("/allocate"));
        webhook.answers(200, "{\"iotHubHostName\": \"one.azure-devices.net\"}");
        assertThat(registered("{}").text("/registrationState/assignedHub")).isEqualTo("one.azure-devices.net");
    }

    @Test
    void aWebhookUnderAnotherNameThanItsCertificatesIsNotReached() {
        enroll(webhook.tlsUrl("/allocate").replace("localhost", "127.0.0.1"));
        failed("Custom allocation failed: the webhook cannot be reached");
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "500", "503", "301", "307"})
    void anyOtherStatusFailsTheOperation(int status) {
        webhook.answers(status, "{\"iotHubHostName\": \"one.azure-devices.net\"}");
        failed("Custom allocation failed with status code: " + status);
        assertThat(webhook.requests()).hasSize(1);
    }

    @Test
    void whatIsNoJsonFailsTheOperation() {
        webhook.answers(200, "<html>");
        failed("Custom allocation failed: the answer is not a JSON object");
    }

    @Test
    void anAnswerThatIsTooLargeFailsTheOperation() {
        webhook.answers(200, "{\"iotHubHostName\": \"one.azure-devices.net\"" + " ".repeat(98_304) + "}");
        failed("Custom allocation failed: the answer is larger than 98304 bytes");
    }

    @Test
    void aWebhookThatNeverAnswersFailsTheOperation() throws IOException {
        hasty();
        webhook.hangs();
        failed("Custom allocation failed: no answer within 300 ms");
    }

    @Test
    void aWebhookThatAnswersDropByDropFailsTheOperation() throws IOException {
        hasty();
        webhook.drips();
        failed("Custom allocation failed: no answer within 300 ms");
    }

    @Test
    void oneCallMoreThanTheMaximumFailsItsOperationAtOnce() throws IOException {
        emulator.close();
        start(PATIENT_MILLIS, 1);
        webhook.hangs();
        var waiting = new TestDevice(emulator.description(), ID_SCOPE, ROOT.device("pump-8"));
        assertThat(waiting.register("pump-8").status()).isEqualTo(202);
        failed("Custom allocation failed: more than 1 calls at once");
        assertThat(waiting.register("pump-8").text("/status")).isEqualTo("assigning");
    }

    @Test
    void aWebhookThatHangsUpFailsTheOperation() {
        webhook.hangsUp();
        failed("Custom allocation failed: the webhook closed the connection without an answer");
    }

    @Test
    void aWebhookThatBreaksOffFailsTheOperation() {
        webhook.breaksOff();
        failed("Custom allocation failed: the answer broke off");
    }

    @Test
    void aWebhookThatIsNotThereFailsTheOperation() throws IOException {
        webhook.close();
        failed("Custom allocation failed: the webhook cannot be reached");
    }

    @Test
    void aFailedDeviceMayTryAgain() {
        webhook.answers(500, "");
        failed("Custom allocation failed with status code: 500");
        webhook.answers(200, "{\"iotHubHostName\": \"one.azure-devices.net\"}");
        assertThat(registered("{}").text("/status")).isEqualTo("assigned");
    }

    private void hasty() throws IOException {
        emulator.close();
        start(HASTY_MILLIS, CALLS_MAX);
    }

    private void failed(String message) {
        var done = registered("{}");
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.text("/status")).isEqualTo("failed");
        assertThat(done.text("/registrationState/status")).isEqualTo("failed");
        assertThat(done.body().at("/registrationState/errorCode").asInt()).isEqualTo(400207);
        assertThat(done.text("/registrationState/errorMessage")).isEqualTo(message);
        assertThat(done.body().path("registrationState").has("assignedHub")).isFalse();
    }

    /** Registers, and polls once the webhook has been heard; a test's time-out ends a wait in vain. */
    private TestDevice.Answer registered(String body) {
        var device = new TestDevice(emulator.description(), ID_SCOPE, DEVICE);
        var answer = device.send("PUT", device.path("pump-7") + "/register?" + TestDevice.API_VERSION, body);
        assertThat(answer.status()).isEqualTo(202);
        var instance = emulator.instance(ID_SCOPE);
        while (instance.registrations()
                        .status(Objects.requireNonNull(instance.registrations().find("pump-7")))
                == RegistrationStatus.ASSIGNING) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return device.poll("pump-7", answer.text("/operationId"));
    }

    private void enroll(String url) {
        var json = Json.read("""
                {"enrollmentGroupId": "fleet", "allocationPolicy": "custom",
                 "customAllocationDefinition": {"webhookUrl": "%s", "apiVersion": "2021-10-01"},
                 "attestation": {"type": "x509", "x509": {"signingCertificates": {"primary": {"certificate": "%s"}}}}}""".formatted(url, ROOT.pem().replace("\n", "\\n")).getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(emulator.instance(ID_SCOPE).register().put(EnrollmentKind.GROUP, JsonAt.root(json)))
                .isInstanceOf(Decision.Done.class);
    }
}
