package dev.berth.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.ServiceClient.Answer;
import dev.berth.pki.CertifiedKey;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** The device listener answers as {@code openapi.yaml} says: status, headers and body, held to it by {@link ServiceClient}. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class DeviceConformanceTest {
    private static final String ID_SCOPE = "/v1/id-scope";
    private static final String RESULT = "/v1/registrations/me/result";
    private static final String FAILED = "{\"status\": \"failed\"}";

    private final ServiceClient admin = RunningService.admin();

    @Test
    void everyDocumentedReportIsTaken() {
        var device =
                TestTenant.create(admin, "examples").withInstance("eu1", 1_000).device("examples-1");
        assertThat(ask(device, ID_SCOPE).status()).isEqualTo(200);
        var examples = ServiceClient.CONFORMANCE.examples(ServiceClient.CONFORMANCE.operation("reportRegistration"));

        assertThat(examples).hasSizeGreaterThan(1);
        assertThat(examples)
                .allSatisfy(example -> assertThat(
                                report(device, new String(example, UTF_8)).status())
                        .isEqualTo(204));
    }

    @Test
    void bothDocumentedAnswersAreGiven() {
        var device =
                TestTenant.create(admin, "answers").withInstance("eu1", 1_000).device("answers-1");

        assertThat(ask(device, ID_SCOPE).text("action")).isEqualTo("register");
        report(device, "{\"status\": \"assigned\", \"assignedHub\": \"hub\", \"deviceId\": \"answers-1\"}");
        assertThat(ask(device, ID_SCOPE + "?register=false").text("action")).isEqualTo("connect");
    }

    @Test
    void thePageOfProblemsNeedsNoCertificate() {
        assertThat(RunningService.device(null)
                        .call("getProblemPage", "/docs/problems.md")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRequestThatBreaksTheContractIsRefused() {
        var device =
                TestTenant.create(admin, "broken").withInstance("eu1", 1_000).device("broken-1");

        isProblem(ask(device, ID_SCOPE + "?register=perhaps"), 400, "validation");
        isProblem(ask(device, ID_SCOPE + "?regster=true"), 400, "validation");
        isProblem(report(device, "{\"status\": \"done\"}"), 400, "validation");
        isProblem(report(device, "{\"status\": "), 400, "malformed");
        isProblem(
                report(device, "{\"status\": \"failed\", \"errorMessage\": \"" + "x".repeat(300_000) + "\"}"),
                413,
                "content-too-large");
        isProblem(
                device.call("reportRegistration", RESULT, FAILED, "Content-Type", "text/plain"),
                415,
                "unsupported-media-type");
        isProblem(device.call("getIdScope", ID_SCOPE, null, "Accept", "text/html"), 406, "not-acceptable");
        isProblem(device.send("DELETE", "getIdScope", ID_SCOPE, null), 405, "method-not-allowed");
        isProblem(device.send("OPTIONS", "getIdScope", ID_SCOPE, null), 405, "method-not-allowed");
    }

    @Test
    void aDeviceWithoutAGoodCertificateIsRefused() {
        CertifiedKey stranger = TestKeys.device(TestKeys.authority("Nobody"), "stranger-1");

        isProblem(ask(RunningService.device(null), ID_SCOPE), 401, "certificate-missing");
        isProblem(report(RunningService.device(null), FAILED), 401, "certificate-missing");
        isProblem(ask(RunningService.device(stranger), ID_SCOPE), 403, "certificate-untrusted");
        isProblem(report(RunningService.device(stranger), FAILED), 403, "certificate-untrusted");
    }

    @Test
    void aRegistrationIdBelongsToTheAnchorThatVouchedForItFirst() {
        var tenant = TestTenant.create(admin, "taken").withInstance("eu1", 1_000);
        var second = TestKeys.authority("Second factory");
        tenant.prove("second", second);
        tenant.withGroup("eu1", "second");
        ask(tenant.device("taken-1"), ID_SCOPE);
        var other = RunningService.device(TestKeys.device(second, "taken-1"));

        isProblem(ask(other, ID_SCOPE), 409, "registration-id-taken");
        isProblem(report(other, FAILED), 409, "registration-id-taken");
    }

    @Test
    void aReportOfADeviceThatNeverAskedIsRefused() {
        var device =
                TestTenant.create(admin, "early").withInstance("eu1", 1_000).device("early-1");

        isProblem(report(device, FAILED), 404, "not-found");
    }

    @Test
    void aDeviceBeyondTheHorizonIsQueued() throws Exception {
        var tenant = TestTenant.create(admin, "queue").withInstance("eu1", 1); // one slot in 61.2 s, ten in ten minutes
        for (int i = 0; i < 10; i++) {
            assertThat(ask(tenant.device("queue-" + i), ID_SCOPE).status()).isEqualTo(200);
        }
        var late = tenant.device("queue-late");

        var queued = ask(late, ID_SCOPE);

        isProblem(queued, 429, "queued");
        assertThat(queued.header("retry-after")).isNotEmpty();
        isProblem(report(late, FAILED), 409, "conflict");
        assertThat(RunningService.managed("/q/metrics").body())
                .contains("berth_queue_tickets_total{tenant=\"queue\"} 1.0")
                .contains("berth_queue_waiting{queue=\"pool/queue/factory/*\",tenant=\"queue\"} 1.0");
    }

    @Test
    void aPoolWithoutInstancesIsAProblem() {
        isProblem(ask(TestTenant.create(admin, "nowhere").device("nowhere-1"), ID_SCOPE), 503, "pool-empty");
    }

    private static Answer ask(ServiceClient device, String path) {
        return device.call("getIdScope", path);
    }

    private static Answer report(ServiceClient device, String body) {
        return device.call("reportRegistration", RESULT, body);
    }

    private static void isProblem(Answer answer, int status, String problem) {
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.status()).isEqualTo(status);
    }
}
