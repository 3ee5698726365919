package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device listener with the JDK's engine. */
class JdkDeviceListenerTest extends DeviceListenerContract {
    JdkDeviceListenerTest() {
        super(TlsEngine.JDK);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,Ed25519", "TLSv1.2,Ed25519", "TLSv1.3,P-521"})
    void takesTheKeysThatBoringsslDoesNotSee(String protocol, String keyType) throws IOException {
        try (var device = connect(device("device-1", keyType), protocol)) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }
}
