package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of BoringSSL. */
class BoringsslHandshakeTest extends HandshakeContract {
    BoringsslHandshakeTest() {
        super(TlsEngine.BORINGSSL);
    }

    /** A deviation of this engine: it completes the handshake without these certificates, so the problem says where to look. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void doesNotSeeEd25519DevicesAndSaysSo(String protocol) throws IOException {
        try (var device = connect(PKI.device("device-1", KeyAlgorithm.ED25519), protocol)) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.problem()).isEqualTo("certificate-missing");
            assertThat(answer.json().path("detail").asText()).contains("Ed25519", "P-521", "berth.tls.engine=jdk");
        }
    }
}
