package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The server certificate with the JDK's engine. */
class JdkServerCertificateTest extends ServerCertificateContract {
    JdkServerCertificateTest() {
        super(TlsEngine.JDK);
    }

    @Test
    void showsAnEd25519ServerCertificate() throws IOException {
        TestPki.write(directory, PKI.server("localhost", KeyAlgorithm.ED25519));
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }
}
