package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.Ports;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.enrollment.Attestation;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentSettings;
import dev.berth.emulator.enrollment.ReprovisionPolicy;
import dev.berth.emulator.instance.InstanceConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The device API over HTTPS, on a clock that the test turns. */
class DeviceApiTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final TestPki.Entity LINE = ROOT.authority("Line");
    private static final TestPki.Entity DEVICE = ROOT.device("device-1");
    private static final int LIMIT = 5;

    private final TurnedClock clock = new TurnedClock();

    @TempDir
    Path directory;

    private Emulator emulator;
    private String idScope;

    @BeforeEach
    void start() throws IOException {
        start(EmulatorConfig.of(2, LIMIT));
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    private void start(EmulatorConfig config) throws IOException {
        emulator = Emulator.start(config, directory, clock, BodyReader.Limits.DPS);
        idScope = emulator.description().instances().getFirst().idScope();
        emulator.addEnrollmentGroup(idScope, "fleet", ROOT.pem());
    }

    private TestDevice device(TestPki.@Nullable Entity identity) {
        return new TestDevice(emulator.description(), idScope, identity);
    }

    @Test
    void answersAssigningAndThenTheHub() {
        var device = device(DEVICE);

        var assigning = device.register("device-1");
        assertThat(assigning.status()).isEqualTo(202);
        assertThat(assigning.text("/status")).isEqualTo("assigning");
        assertThat(assigning.text("/operationId")).matches("5\\.[0-9a-f]{16}\\.[0-9a-f-]{36}");
        assertThat(assigning.header("Retry-After")).isEqualTo("3");
        assertThat(assigning.header("Location"))
                .isEqualTo(
                        "https://" + emulator.description().deviceEndpoint() + device.path("device-1") + "/register");
        assertThat(assigning.header("x-ms-request-id")).isNotEmpty();
        assertThat(assigning.header("transfer-encoding")).isEqualTo("chunked");

        assertThat(device.poll("device-1", assigning.text("/operationId")).status())
                .isEqualTo(202);
        clock.turn(InstanceConfig.ASSIGN_DELAY);
        var assigned = device.poll("device-1", assigning.text("/operationId"));
        assertThat(assigned.status()).isEqualTo(200);
        assertThat(assigned.text("/status")).isEqualTo("assigned");
        assertThat(assigned.text("/registrationState/status")).isEqualTo("assigned");
        assertThat(assigned.text("/registrationState/substatus")).isEqualTo("initialAssignment");
        assertThat(assigned.text("/registrationState/registrationId")).isEqualTo("device-1");
        assertThat(assigned.text("/registrationState/deviceId")).isEqualTo("device-1");
        assertThat(assigned.text("/registrationState/assignedHub")).matches("dps-1-hub-[12]\\.azure-devices\\.net");
        assertThat(assigned.text("/registrationState/x509/enrollmentGroupId")).isEqualTo("fleet");
        for (var time : List.of("createdDateTimeUtc", "lastUpdatedDateTimeUtc")) {
            assertThat(assigned.text("/registrationState/" + time))
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsEngine.class,
            names = {"JDK", "AUTO"})
    void bothTlsEnginesSeeTheWholeChain(TlsEngine engine) throws IOException {
        emulator.close();
        var config = EmulatorConfig.of(1, LIMIT);
        start(new EmulatorConfig(config.instances(), Ports.FREE, engine));
        assertThat(device(LINE.device("device-1")).register("device-1").status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothTlsVersionsAreSpoken(String version) {
        var device = TestDevice.over(version, emulator.description(), idScope, DEVICE);
        assertThat(device.register("device-1").status()).isEqualTo(202);
    }

    @Test
    void anIntermediateIsToBeSent() {
        var complete = LINE.device("device-1");
        assertThat(device(complete).register("device-1").status()).isEqualTo(202);
        refused(device(complete.alone()).register("device-1"), 401, 401002, "CA certificate not found.");
    }

    @Test
    void withoutACertificateNobodyIsKnown() {
        refused(device(null).register("device-1"), 401, 401002, "Unauthorized");
        refused(device(null).lookUp("device-1"), 401, 401002, "Unauthorized");
        refused(device(null).poll("device-1", "5.0.0"), 401, 401002, "Unauthorized");
    }

    @Test
    void anotherCommonNameIsUnauthorized() {
        refused(device(DEVICE).register("device-2"), 401, 401002, "Unauthorized");
    }

    @Test
    void anUnknownIdScopeIsNotFound() {
        var device = new TestDevice(emulator.description(), "0ne00UNKNOWN", DEVICE);
        refused(device.register("device-1"), 404, 404000, "Not found");
    }

    @Test
    void anotherInstanceHasItsOwnEnrollments() {
        var other = emulator.description().instances().getLast().idScope();
        var device = new TestDevice(emulator.description(), other, DEVICE);
        refused(device.register("device-1"), 401, 401002, "CA certificate not found.");
        emulator.addEnrollmentGroup(other, "fleet", ROOT.pem());
        assertThat(device.register("device-1").status()).isEqualTo(202);
    }

    @Test
    void letterCaseOfIdScopeAndRegistrationIdDoesNotMatter() {
        device(DEVICE).register("device-1");
        clock.turn(InstanceConfig.ASSIGN_DELAY);
        var shouting = new TestDevice(emulator.description(), idScope.toLowerCase(Locale.ROOT), DEVICE);
        assertThat(shouting.lookUp("DEVICE-1").text("/registrationId")).isEqualTo("device-1");
        assertThat(shouting.register("Device-1").status()).isEqualTo(202);
        assertThat(emulator.report(idScope).registered()).isEqualTo(1);
        assertThat(emulator.report(idScope).registrations()).isEqualTo(2);
    }

    @Test
    void overTheQuotaIsThrottledWithRetryAfter() {
        var device = device(DEVICE);
        for (int i = 0; i < LIMIT; i++) {
            assertThat(device.register("device-1").status()).isEqualTo(202);
        }
        var throttled = device.register("device-1");
        refused(throttled, 429, 429001, "Operations are being throttled for this tenant.");
        assertThat(throttled.header("Retry-After")).isEqualTo("3");
        assertThat(throttled.body().has("operationId")).isFalse();
        assertThat(emulator.report(idScope).throttled()).isEqualTo(1);
        clock.turn(Duration.ofMinutes(1));
        assertThat(device.register("device-1").status()).isEqualTo(202);
        assertThat(emulator.report(idScope).worstSlidingMinute()).isEqualTo(LIMIT);
    }

    @Test
    void pollsOverTheQuotaAreThrottled() {
        var device = device(DEVICE);
        var operation = device.register("device-1").text("/operationId");
        for (int i = 0; i < 5; i++) {
            assertThat(device.poll("device-1", operation).status()).isEqualTo(202);
        }
        refused(device.poll("device-1", operation), 429, 429001, "Operations are being throttled for this tenant.");
    }

    @Test
    void aDisabledEnrollmentSaysSoAndRegistersNothing() {
        var settings =
                new EnrollmentSettings(false, AllocationPolicy.HASHED, new ReprovisionPolicy(true, true), List.of());
        var line = new Attestation.Signers(List.of(LINE.certificate()));
        emulator.instance(idScope).enrollments().put(new Enrollment.Group("line", line, settings));
        var disabled = device(LINE.device("device-1")).register("device-1");
        assertThat(disabled.status()).isEqualTo(200);
        assertThat(disabled.text("/status")).isEqualTo("disabled");
        assertThat(disabled.text("/operationId")).isNotEmpty();
        assertThat(disabled.text("/registrationState/registrationId")).isEqualTo("device-1");
        assertThat(disabled.text("/registrationState/status")).isEqualTo("disabled");
        assertThat(emulator.report(idScope).registered()).isZero();
        assertThat(emulator.report(idScope).refused()).isEqualTo(1);
    }

    @Test
    void anUnknownOperationIsNotFound() {
        var device = device(DEVICE);
        device.register("device-1");
        refused(device.poll("device-1", "5.0123456789abcdef.x"), 404, 404000, "Not found");
    }

    @Test
    void aLookupTellsTheBareState() {
        var device = device(DEVICE);
        refused(device.lookUp("device-1"), 404, 404000, "Not found");
        device.register("device-1");
        assertThat(device.lookUp("device-1").text("/status")).isEqualTo("assigning");
        clock.turn(InstanceConfig.ASSIGN_DELAY);
        var found = device.lookUp("device-1");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.text("/status")).isEqualTo("assigned");
        assertThat(found.text("/assignedHub")).endsWith(".azure-devices.net");
        assertThat(found.body().has("operationId")).isFalse();
    }

    @Test
    void aRestartHasForgottenEverything() throws IOException {
        device(DEVICE).register("device-1");
        emulator.close();
        start(EmulatorConfig.of(1, LIMIT));
        refused(device(DEVICE).lookUp("device-1"), 404, 404000, "Not found");
        assertThat(device(DEVICE).register("device-1").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2018-04-01",
                "2018-09-01-preview",
                "2019-03-31",
                "2021-06-01",
                "2021-10-01",
                "2025-07-01-preview",
                "2026-11-01",
                "2026-11-02-preview"
            })
    void everyApiVersionThatClientsSendIsTaken(String version) {
        var device = device(DEVICE);
        assertThat(device.send("PUT", device.path("device-1") + "/register?api-version=" + version, "{}")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT  | /register                        | {}                          | 400",
                "PUT  | /register?api-version=1999-01-01 | {}                          | 400",
                "PUT  | /register?api-version=%25zz      | {}                          | 400",
                "PUT  | /register?V                      | {                           | 400",
                "PUT  | /register?V                      | []                          | 400",
                "PUT  | /register?V                      | {} {}                       | 400",
                "PUT  | /register?V                      | {'a': 1, 'a': 2}            | 400",
                "PUT  | /register?V                      | {'registrationId': 'other'} | 400",
                "PUT  | /register?V                      | {'registrationId': 7}       | 400",
                "PUT  | /register?V                      | {'payload': 'a text'}       | 202",
                "PUT  | /register?V                      | ''                          | 202",
                "PUT  | /REGISTER?V                      | {}                          | 202",
                "POST | ?V                               | ''                          | 400",
                "POST | ?api-version=2026-11-01          | {'csr': 'MII'}              | 400",
                "POST | ?V                               | {'csr': 'MII'}              | 404",
                "PUT  | /register?V                      | {'csr': 'MII'}              | 202",
                "PUT  | /register?api-version=2026-11-01 | {'csr': 'MII'}              | 400",
                "PUT  | /register?api-version=2026-11-01 | {'csr': 7}                  | 400",
                "PUT  | /register?api-version=2026-11-01 | {'csr': null}               | 202",
                "GET  | ?V                               | ''                          | 405",
                "POST | /register?V                      | {}                          | 405",
                "PUT  | /operations/5.1.2?V              | {}                          | 405",
                "GET  | /operations/5.1.2?V              | {}                          | 404",
                "PUT  | /register/more?V                 | {}                          | 404",
                "PUT  | //register?V                     | {}                          | 404",
            })
    void badRequestsGetTheirStatus(String method, String path, String body, int status) {
        var device = device(DEVICE);
        var answer = device.send(
                method,
                device.path("device-1") + path.replace("V", TestDevice.API_VERSION),
                body.replace('\'', '"').replace("\"\"", ""));
        assertThat(answer.status()).isEqualTo(status);
        if (status != 202) {
            assertThat(answer.body().path("errorCode").asInt() / 1000).isEqualTo(status);
        }
    }

    @Test
    void deepNestingIsMalformed() {
        var device = device(DEVICE);
        var deep = "{\"payload\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";
        var answer = device.send("PUT", device.path("device-1") + "/register?" + TestDevice.API_VERSION, deep);
        refused(answer, 400, 400000, "The body is not a JSON object.");
    }

    @Test
    void aRegistrationIdEndsWithALetterADigitOrAHyphen() {
        refused(device(DEVICE).register("device-1."), 400, 400000, "The registration ID is invalid.");
        refused(device(DEVICE).register("device%201"), 400, 400000, "The registration ID is invalid.");
        assertThat(device(ROOT.device("a:b"))
                        .send("PUT", "/" + idScope + "/registrations/a%3Ab/register?" + TestDevice.API_VERSION, "{}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aPollMayCarryABody() {
        var device = device(DEVICE);
        var operation = device.register("device-1").text("/operationId");
        var path = device.path("device-1") + "/operations/" + operation + "?" + TestDevice.API_VERSION;
        assertThat(device.send("GET", path, "{}").status()).isEqualTo(202);
    }

    @Test
    void anotherMediaTypeIsUnsupported() {
        var device = device(DEVICE);
        var uri = URI.create("https://" + emulator.description().deviceEndpoint() + device.path("device-1")
                + "/register?" + TestDevice.API_VERSION);
        var answer = device.send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
        assertThat(answer.status()).isEqualTo(415);
    }

    private static void refused(TestDevice.Answer answer, int status, int errorCode, String message) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("errorCode").asInt()).isEqualTo(errorCode);
        assertThat(answer.text("/message")).isEqualTo(message);
        assertThat(answer.text("/trackingId")).matches("[0-9a-f-]{36}");
        assertThat(answer.body().path("info").isNull()).isTrue();
        assertThat(answer.text("/timestampUtc")).endsWith("Z");
        assertThat(answer.header("x-ms-error-code")).isEqualTo(Integer.toString(errorCode));
        assertThat(answer.header("x-ms-request-id")).isNotEmpty();
    }
}
