package dev.berth.emulator.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.emulator.SoftTpm;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.enrollment.EnrollmentKind;
import dev.berth.emulator.instance.InstanceConfig;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that prove themselves by a TPM, which here is one of software. */
class TpmApiTest {
    private static final SoftTpm TPM = new SoftTpm();
    private static final SoftTpm OTHER_TPM = new SoftTpm();

    @TempDir
    Path directory;

    private TokenDevices devices;

    @BeforeEach
    void start() throws IOException {
        devices = TokenDevices.start(1, directory);
        enroll("enabled");
    }

    @AfterEach
    void stop() throws IOException {
        devices.close();
    }

    @Test
    void aDeviceIsChallengedSignsAndGetsItsHubAndAKeyForIt() throws Exception {
        var challenge = register(body(TPM));
        assertThat(challenge.status()).isEqualTo(401);
        assertThat(challenge.body().path("errorCode").asInt()).isEqualTo(401002);
        activate(TPM, challenge.text("/authenticationKey"));
        var token = token(TPM);
        var assigning = register(body(TPM), token);
        assertThat(assigning.status()).isEqualTo(202);
        devices.clock().turn(InstanceConfig.ASSIGN_DELAY);
        var done = poll(assigning, token);
        assertThat(done.text("/status")).isEqualTo("assigned");
        activate(TPM, done.text("/registrationState/tpm/authenticationKey"));
        assertThat(poll(assigning, token(TPM)).status()).isEqualTo(401);
    }

    @Test
    void aTokenBeforeAnyChallengeIsUnauthorized() throws Exception {
        var challenge = register(body(TPM));
        activate(TPM, challenge.text("/authenticationKey"));
        devices.close();
        start();
        assertThat(register(body(TPM), token(TPM)).status()).isEqualTo(401);
    }

    @Test
    void anotherTpmIsUnauthorizedAndNotChallenged() {
        var answer = register(body(OTHER_TPM));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().has("authenticationKey")).isFalse();
    }

    @Test
    void anotherTpmCannotReadTheChallenge() {
        var stolen = "{\"tpm\": {\"endorsementKey\": \"%s\", \"storageRootKey\": \"%s\"}}"
                .formatted(TPM.endorsementKey(), OTHER_TPM.storageRootKey());
        var challenge = register(stolen);
        assertThatThrownBy(() -> activate(OTHER_TPM, challenge.text("/authenticationKey")))
                .isInstanceOf(Exception.class);
    }

    @Test
    void aNewChallengeMakesTheOldOneWorthless() throws Exception {
        activate(TPM, register(body(TPM)).text("/authenticationKey"));
        var token = token(TPM);
        register(body(TPM));
        assertThat(register(body(TPM), token).status()).isEqualTo(401);
    }

    @Test
    void aChallengeLastsAnHour() throws Exception {
        activate(TPM, register(body(TPM)).text("/authenticationKey"));
        devices.clock().turn(Duration.ofHours(1));
        assertThat(register(body(TPM), token(TPM)).status()).isEqualTo(401);
    }

    @Test
    void aChallengeTakesARegistrationOfTheMinute() {
        for (int i = 0; i < TokenDevices.LIMIT; i++) {
            assertThat(register(body(TPM)).status()).isEqualTo(401);
        }
        assertThat(register(body(TPM)).status()).isEqualTo(429);
    }

    @Test
    void aTpmThatIsTakenOverHasAnotherStorageRootKey() throws Exception {
        enroll("enabled", ", \"storageRootKey\": \"%s\"".formatted(OTHER_TPM.storageRootKey()));
        activate(TPM, register(body(TPM)).text("/authenticationKey"));
        assertThat(register(body(TPM), token(TPM)).status()).isEqualTo(202);
    }

    @Test
    void aDisabledEnrollmentSaysSo() {
        enroll("disabled");
        assertThat(register(body(TPM)).text("/status")).isEqualTo("disabled");
    }

    @Test
    void withoutKeysNobodyIsChallenged() {
        var answer = register("{}");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body().has("authenticationKey")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'tpm': 7}",
                "{'tpm': {}}",
                "{'tpm': {'endorsementKey': 'AAAA'}}",
                "{'tpm': {'endorsementKey': 'EK'}}",
                "{'tpm': {'endorsementKey': 'EK', 'storageRootKey': '?'}}",
                "{'tpm': {'endorsementKey': 'EK', 'storageRootKey': '//8AAQ=='}}",
                "{'tpm': {'endorsementKey': 'EK', 'storageRootKey': ['x']}}",
            })
    void keysThatAreNoneAreBad(String body) {
        var answer = register(body.replace('\'', '"').replace("EK", TPM.endorsementKey()));
        assertThat(answer.status()).isEqualTo(400);
    }

    private static String body(SoftTpm tpm) {
        return "{\"registrationId\": \"pump-7\", \"tpm\": {\"endorsementKey\": \"%s\", \"storageRootKey\": \"%s\"}}"
                .formatted(tpm.endorsementKey(), tpm.storageRootKey());
    }

    private static void activate(SoftTpm tpm, String authenticationKey) throws Exception {
        tpm.activate(Base64.getDecoder().decode(authenticationKey));
    }

    private TestDevice.Answer register(String body) {
        var client = devices.client();
        return client.send("PUT", client.path("pump-7") + "/register?" + TestDevice.API_VERSION, body);
    }

    private TestDevice.Answer register(String body, String token) {
        return devices.register("pump-7", TestDevice.API_VERSION, body, token);
    }

    private TestDevice.Answer poll(TestDevice.Answer assigning, String token) {
        return devices.poll("pump-7", TestDevice.API_VERSION, assigning, token);
    }

    private String token(SoftTpm tpm) throws Exception {
        var resource = devices.idScope() + "/registrations/pump-7";
        long expiry = devices.clock().now().getEpochSecond() + 3_600;
        var signature = tpm.sign((resource + '\n' + expiry).getBytes(StandardCharsets.UTF_8));
        return "SharedAccessSignature sr=" + resource + "&sig="
                + URLEncoder.encode(Base64.getEncoder().encodeToString(signature), StandardCharsets.UTF_8) + "&se="
                + expiry + "&skn=";
    }

    private void enroll(String status) {
        enroll(status, "");
    }

    private void enroll(String status, String more) {
        var json =
                "{\"registrationId\": \"pump-7\", \"provisioningStatus\": \"%s\", \"attestation\": {\"type\": \"tpm\", \"tpm\": {\"endorsementKey\": \"%s\"%s}}}"
                        .formatted(status, TPM.endorsementKey(), more);
        devices.enroll(EnrollmentKind.INDIVIDUAL, json);
    }
}
