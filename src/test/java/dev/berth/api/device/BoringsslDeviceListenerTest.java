package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device listener with BoringSSL. */
class BoringsslDeviceListenerTest extends DeviceListenerContract {
    BoringsslDeviceListenerTest() {
        super(TlsEngine.BORINGSSL);
    }

    /** A deviation of this engine: it completes the handshake without these certificates, so the problem says where to look. */
    @ParameterizedTest
    @CsvSource({"TLSv1.3,Ed25519", "TLSv1.2,Ed25519"})
    void doesNotSeeSomeKindsOfKeyAndSaysSo(String protocol, String keyType) throws IOException {
        try (var device = connect(device("device-1", keyType), protocol)) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.problem()).isEqualTo("certificate-missing");
            assertThat(answer.json().path("detail").asText()).contains("Ed25519", "P-521", "berth.tls.engine=jdk");
        }
    }
}
