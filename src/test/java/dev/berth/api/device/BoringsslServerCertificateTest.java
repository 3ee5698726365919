package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The server certificate with BoringSSL. */
class BoringsslServerCertificateTest extends ServerCertificateContract {
    BoringsslServerCertificateTest() {
        super(TlsEngine.BORINGSSL);
    }

    @Test
    void doesNotStartWithAnEd25519ServerCertificateAndSaysWhichEngineDoes() throws IOException {
        TestPki.write(directory, PKI.server("localhost", KeyAlgorithm.ED25519));
        assertThatThrownBy(this::listener).rootCause().hasMessageContaining("berth.tls.engine=jdk");
    }

    @Test
    void keepsItsCertificateWhenTheNewOneIsEd25519() throws IOException {
        listener();
        TestPki.write(directory, PKI.server("second", KeyAlgorithm.ED25519));
        listener().reload();
        assertThat(log.takeOnly()).contains("keeps its certificate", "berth.tls.engine=jdk");
        try (var device = connect()) {
            assertThat(serverName(device)).isEqualTo("CN=localhost");
        }
    }
}
