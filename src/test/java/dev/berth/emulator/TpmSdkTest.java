package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClient;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientStatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderTpm;
import com.microsoft.azure.sdk.iot.provisioning.security.exceptions.SecurityProviderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's device SDK for Java registers by TPM; only the TPM itself is of software. */
class TpmSdkTest {
    private static final String ID_SCOPE = "0ne00ABCDEF";

    @TempDir
    Path directory;

    @Test
    void aDeviceRegistersByTpm() throws Exception {
        var tpm = new SoftTpm();
        var config = Files.writeString(directory.resolve("config.json"), """
                {"instances": [{"idScope": "%s", "retryAfterSeconds": 2, "enrollments": [{"registrationId": "pump-7",
                  "attestation": {"type": "tpm", "tpm": {"endorsementKey": "%s"}}}]}]}""".formatted(ID_SCOPE, tpm.endorsementKey()));
        try (var emulator = Emulator.start(EmulatorConfig.read(config), directory)) {
            var client = ProvisioningDeviceClient.create(
                    emulator.description().deviceEndpoint(),
                    ID_SCOPE,
                    ProvisioningDeviceClientTransportProtocol.HTTPS,
                    new Identity(tpm, emulator.description().caFile()));
            try {
                var result = client.registerDeviceSync();
                assertThat(result.getProvisioningDeviceClientStatus())
                        .isEqualTo(ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED);
                assertThat(result.getDeviceId()).isEqualTo("pump-7");
            } finally {
                client.close();
            }
        }
    }

    /** The SDK's TPM identity over the TPM of software, with a trust of its own. */
    private static final class Identity extends SecurityProviderTpm {
        private final SoftTpm tpm;
        private final Path caFile;

        Identity(SoftTpm tpm, Path caFile) {
            this.tpm = tpm;
            this.caFile = caFile;
        }

        @Override
        public String getRegistrationId() {
            return "pump-7";
        }

        @Override
        public byte[] activateIdentityKey(byte[] key) throws SecurityProviderException {
            try {
                tpm.activate(key);
                return new byte[0];
            } catch (Exception e) {
                throw new SecurityProviderException(e);
            }
        }

        @Override
        public byte[] getEndorsementKey() {
            return Base64.getDecoder().decode(tpm.endorsementKey());
        }

        @Override
        public byte[] getStorageRootKey() {
            return Base64.getDecoder().decode(tpm.storageRootKey());
        }

        @Override
        public byte[] signWithIdentity(byte[] data) throws SecurityProviderException {
            try {
                return tpm.sign(data);
            } catch (Exception e) {
                throw new SecurityProviderException(e);
            }
        }

        @Override
        public SSLContext getSSLContext() {
            return TestDevice.sslContext(null, caFile);
        }
    }
}
