package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The device listener with the JDK's engine. */
class JdkDeviceListenerTest extends DeviceListenerContract {
    JdkDeviceListenerTest() {
        super(TlsEngine.JDK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void takesEd25519Devices(String protocol) throws IOException {
        try (var device = connect(pki().device("device-1", KeyAlgorithm.ED25519), protocol)) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void takesDevicesOnP521() throws IOException, GeneralSecurityException {
        try (var device = connect(pki().deviceOnP521("device-1"), "TLSv1.3")) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void showsAnEd25519ServerCertificate() throws IOException {
        TestPki.write(directory, pki().server("localhost", KeyAlgorithm.ED25519));
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }
}
