package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of the JDK's engine. */
class JdkHandshakeTest extends HandshakeContract {
    JdkHandshakeTest() {
        super(TlsEngine.JDK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void takesEd25519Devices(String protocol) throws IOException {
        try (var device = connect(PKI.device("device-1", KeyAlgorithm.ED25519), protocol)) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void takesDevicesOnP521() throws IOException, GeneralSecurityException {
        try (var device = connect(PKI.deviceOnP521("device-1"), "TLSv1.3")) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }
}
