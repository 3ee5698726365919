package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.sdk.iot.provisioning.device.AdditionalData;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClient;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientRegistrationResult;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderX509;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else Microsoft's device SDK for Java reads in an answer, and that it takes the emulator's CA from a program, not from its JVM. */
class JavaDeviceResultTest {
    @TempDir
    Path directory;

    private SdkFleet fleet;

    @BeforeEach
    void start() throws IOException {
        fleet = SdkFleet.start(directory);
    }

    @AfterEach
    void stop() throws IOException {
        fleet.close();
    }

    @Test
    void aRegistrationHasItsNameItsTimeAndItsVersionAfterOnePoll() throws Exception {
        var device = device(Proof.CERTIFICATE_BELOW_A_GROUP);
        var result = register(device);
        assertThat(result.getRegistrationId()).isEqualTo(device.registrationId());
        assertThat(result.getETag()).isNotEmpty();
        assertThat(result.getCreatedDateTimeUtc()).endsWith("Z");
        assertThat(fleet.report().polls()).isEqualTo(1);
    }

    @Test
    void aDeviceThatComesBackKeepsTheTimeOfItsFirstRegistration() throws Exception {
        var device = device(Proof.OWN_CERTIFICATE);
        var first = register(device);
        assertThat(register(device).getCreatedDateTimeUtc()).isEqualTo(first.getCreatedDateTimeUtc());
    }

    private SdkDevice.WithCertificate device(Proof proof) {
        return (SdkDevice.WithCertificate) fleet.device(proof);
    }

    private ProvisioningDeviceClientRegistrationResult register(SdkDevice.WithCertificate device) throws Exception {
        var emulator = fleet.emulator().description();
        var client = ProvisioningDeviceClient.create(
                emulator.deviceEndpoint(),
                SdkFleet.ID_SCOPE,
                ProvisioningDeviceClientTransportProtocol.HTTPS,
                new Identity(device.registrationId(), device.identity(), emulator.caFile()));
        try {
            return client.registerDeviceSync(new AdditionalData());
        } finally {
            client.close();
        }
    }

    /** The SDK's X.509 identity with a trust of its own, which is how it meets a private CA. */
    private static final class Identity extends SecurityProviderX509 {
        private final String registrationId;
        private final TestPki.Entity device;
        private final Path caFile;

        Identity(String registrationId, TestPki.Entity device, Path caFile) {
            this.registrationId = registrationId;
            this.device = device;
            this.caFile = caFile;
        }

        @Override
        public String getClientCertificateCommonName() {
            return registrationId;
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
