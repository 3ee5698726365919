package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.sdk.iot.provisioning.device.AdditionalData;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClient;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientStatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientSubstatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.device.internal.exceptions.ProvisioningDeviceHubException;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderX509;
import dev.berth.emulator.enrollment.EnrollmentReader;
import dev.berth.emulator.json.Json;
import dev.berth.emulator.json.JsonAt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's device SDK for Java takes the emulator for DPS. Its polls are 2 s apart at least, so these tests wait. */
class JavaSdkTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final TestPki.Entity LINE = ROOT.authority("Line");
    private static final TestPki.Entity DEVICE = TestPki.root("Other").device("device-1");
    private static final String ID_SCOPE = "0ne00ABCDEF";
    private static final int LIMIT = 4;

    @TempDir
    Path directory;

    private Emulator emulator;

    @BeforeEach
    void start() throws IOException {
        var config = Files.writeString(
                directory.resolve("config.json"), """
                {"instances": [{"name": "dps-1", "idScope": "%s", "retryAfterSeconds": 2,
                  "quotas": {"registrationsPerMinute": %d},
                  "enrollmentGroups": [{"enrollmentGroupId": "fleet",
                    "attestation": {"type": "x509", "x509": {"signingCertificates": {"primary": {"certificate": "%s"}}}}}],
                  "enrollments": [{"registrationId": "device-1", "deviceId": "pump",
                    "attestation": {"type": "x509", "x509": {"clientCertificates": {"primary": {"certificate": "%s"}}}}}]}]}""".formatted(ID_SCOPE, LIMIT, json(ROOT.pem()), json(DEVICE.pem())));
        emulator = Emulator.start(EmulatorConfig.read(config), directory);
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @Test
    void aDeviceOfAGroupSendsItsIntermediateAndGetsItsHub() throws Exception {
        var result = register(LINE.device("pump-7"));
        assertThat(result.getProvisioningDeviceClientStatus())
                .isEqualTo(ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED);
        assertThat(result.getSubstatus()).isEqualTo(ProvisioningDeviceClientSubstatus.INITIAL_ASSIGNMENT);
        assertThat(result.getIothubUri()).matches("dps-1-hub-[12]\\.azure-devices\\.net");
        assertThat(result.getDeviceId()).isEqualTo("pump-7");
        assertThat(result.getRegistrationId()).isEqualTo("pump-7");
        assertThat(result.getETag()).isNotEmpty();
        assertThat(result.getCreatedDateTimeUtc()).endsWith("Z");
        assertThat(emulator.report(ID_SCOPE).polls()).isEqualTo(1);
    }

    @Test
    void anIndividualDeviceGetsTheNameOfItsEnrollmentAndKeepsItsHub() throws Exception {
        var first = register(DEVICE);
        assertThat(first.getDeviceId()).isEqualTo("pump");
        var again = register(DEVICE);
        assertThat(again.getIothubUri()).isEqualTo(first.getIothubUri());
        assertThat(again.getCreatedDateTimeUtc()).isEqualTo(first.getCreatedDateTimeUtc());
        assertThat(again.getSubstatus())
                .isEqualTo(ProvisioningDeviceClientSubstatus.REPROVISIONED_TO_INITIAL_ASSIGNMENT);
    }

    @Test
    void aRefusedDeviceFailsAtOnce() {
        assertThatThrownBy(() -> register(TestPki.root("Strange").device("stranger")))
                .hasStackTraceContaining("401")
                .hasStackTraceContaining("CA certificate not found.");
    }

    @Test
    void aThrottledDeviceFailsAtOnce() {
        var device = new TestDevice(emulator.description(), ID_SCOPE, DEVICE);
        for (int i = 0; i < LIMIT; i++) {
            assertThat(device.register("device-1").status()).isEqualTo(202);
        }
        assertThatThrownBy(() -> register(DEVICE))
                .hasStackTraceContaining("429")
                .hasStackTraceContaining("Operations are being throttled for this tenant.");
        assertThat(emulator.report(ID_SCOPE).throttled()).isEqualTo(1);
    }

    @Test
    void aDisabledDeviceIsToldSo() {
        var reader = new EnrollmentReader(List.of());
        var disabled = Json.read("""
                {"registrationId": "device-1", "provisioningStatus": "disabled", "attestation": {"type": "symmetricKey"}}""".getBytes(StandardCharsets.UTF_8)).orElseThrow();
        emulator.instance(ID_SCOPE).enrollments().put(reader.individual(JsonAt.root(disabled)));
        assertThatThrownBy(() -> register(DEVICE)).isInstanceOf(ProvisioningDeviceHubException.class);
        assertThat(emulator.report(ID_SCOPE).registered()).isZero();
    }

    private ProvisioningDeviceClientRegistrationResult register(TestPki.Entity device) throws Exception {
        var client = ProvisioningDeviceClient.create(
                emulator.description().deviceEndpoint(),
                ID_SCOPE,
                ProvisioningDeviceClientTransportProtocol.HTTPS,
                new Identity(device, emulator.description().caFile()));
        try {
            var data = new AdditionalData();
            data.setProvisioningPayload("{\"modelId\":\"dtmi:example:Pump;1\"}");
            return client.registerDeviceSync(data);
        } finally {
            client.close();
        }
    }

    private static String json(String pem) {
        return pem.replace("\n", "\\n");
    }

    /** The SDK's X.509 identity with a trust of its own, which is how it meets a private CA. */
    private static final class Identity extends SecurityProviderX509 {
        private final TestPki.Entity device;
        private final Path caFile;

        Identity(TestPki.Entity device, Path caFile) {
            this.device = device;
            this.caFile = caFile;
        }

        @Override
        public String getClientCertificateCommonName() {
            return device.certificate().getSubjectX500Principal().getName().substring("CN=".length());
        }

        @Override
        public X509Certificate getClientCertificate() {
            return device.certificate();
        }

        @Override
        public Key getClientPrivateKey() {
            return device.keys().getPrivate();
        }

        @Override
        public Collection<X509Certificate> getIntermediateCertificatesChain() {
            return device.intermediates();
        }

        @Override
        public SSLContext getSSLContext() {
            return TestDevice.sslContext(device, caFile);
        }
    }
}
