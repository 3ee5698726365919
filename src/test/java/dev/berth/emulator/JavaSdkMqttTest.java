package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClient;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientStatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderSymmetricKey;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderX509;
import dev.berth.emulator.protocol.SharedAccessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Microsoft's device SDK for Java over MQTT. A JVM that gives it an endpoint with a port needs
 * {@code --add-opens java.base/java.net=ALL-UNNAMED}. Its polls are 2 s apart at least, so these tests wait.
 */
class JavaSdkMqttTest {
    private static final TestPki.Entity ROOT = TestPki.root("Fleet Root");
    private static final SharedAccessKey GROUP_KEY = SharedAccessKey.random();
    private static final SharedAccessKey OTHER_KEY = SharedAccessKey.random();
    private static final String ID_SCOPE = "0ne00ABCDEF";

    @TempDir
    Path directory;

    private Emulator emulator;

    @BeforeEach
    void start() throws IOException {
        var config = Files.writeString(directory.resolve("config.json"), """
                {"instances": [{"name": "dps-1", "idScope": "%s", "retryAfterSeconds": 2,
                  "enrollmentGroups": [
                    {"enrollmentGroupId": "fleet",
                     "attestation": {"type": "x509", "x509": {"signingCertificates": {"primary": {"certificate": "%s"}}}}},
                    {"enrollmentGroupId": "keys",
                     "attestation": {"type": "symmetricKey", "symmetricKey": {"primaryKey": "%s", "secondaryKey": "%s"}}}]}]}""".formatted(
                        ID_SCOPE, ROOT.pem().replace("\n", "\\n"), GROUP_KEY.base64(), OTHER_KEY.base64()));
        emulator = Emulator.start(EmulatorConfig.read(config), directory);
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ProvisioningDeviceClientTransportProtocol.class,
            names = {"MQTT", "MQTT_WS"})
    void aDeviceWithACertificateGetsItsHub(ProvisioningDeviceClientTransportProtocol protocol) throws Exception {
        assigned(
                "pump-7",
                register(protocol, new Certificate(ROOT.authority("Line").device("pump-7"))));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProvisioningDeviceClientTransportProtocol.class,
            names = {"MQTT", "MQTT_WS"})
    void aDeviceWithADerivedKeyGetsItsHub(ProvisioningDeviceClientTransportProtocol protocol) throws Exception {
        assigned("pump-8", register(protocol, new DerivedKey(TestTokens.derived(GROUP_KEY, "pump-8"), "pump-8")));
    }

    @Test
    void aWrongKeyFailsAtOnce() {
        var wrong = new DerivedKey(TestTokens.derived(OTHER_KEY, "pump-9"), "pump-8");
        assertThatThrownBy(() -> register(ProvisioningDeviceClientTransportProtocol.MQTT, wrong))
                .hasStackTraceContaining("401");
        assertThat(emulator.report(ID_SCOPE).registered()).isZero();
    }

    private void assigned(String registrationId, ProvisioningDeviceClientRegistrationResult result) {
        assertThat(result.getProvisioningDeviceClientStatus())
                .isEqualTo(ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED);
        assertThat(result.getIothubUri()).matches("dps-1-hub-[12]\\.azure-devices\\.net");
        assertThat(result.getDeviceId()).isEqualTo(registrationId);
        assertThat(emulator.report(ID_SCOPE).registered()).isEqualTo(1);
    }

    private ProvisioningDeviceClientRegistrationResult register(
            ProvisioningDeviceClientTransportProtocol protocol, SecurityProvider identity) throws Exception {
        var endpoint = protocol == ProvisioningDeviceClientTransportProtocol.MQTT
                ? emulator.description().mqttEndpoint()
                : emulator.description().deviceEndpoint();
        var client = ProvisioningDeviceClient.create(endpoint, ID_SCOPE, protocol, identity);
        try {
            return client.registerDeviceSync();
        } finally {
            client.close();
        }
    }

    /** An X.509 identity of the SDK that trusts the emulator's CA. */
    private final class Certificate extends SecurityProviderX509 {
        private final TestPki.Entity device;

        Certificate(TestPki.Entity device) {
            this.device = device;
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
            return TestDevice.sslContext(device, emulator.description().caFile());
        }
    }

    /** A symmetric-key identity of the SDK that trusts the emulator's CA. */
    private final class DerivedKey extends SecurityProviderSymmetricKey {
        DerivedKey(SharedAccessKey key, String registrationId) {
            super(key.base64().getBytes(StandardCharsets.UTF_8), registrationId);
        }

        @Override
        public SSLContext getSSLContext() {
            return TestDevice.sslContext(null, emulator.description().caFile());
        }
    }
}
