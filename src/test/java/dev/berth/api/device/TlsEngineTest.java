package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;

class TlsEngineTest {
    private static final TestPki PKI = new TestPki("test-ca");

    @Test
    void boringsslIsTakenWhereItRuns() {
        assertThat(TlsEngine.fastestFor(key(KeyAlgorithm.P_256)))
                .isEqualTo(TlsEngine.BORINGSSL.available() ? TlsEngine.BORINGSSL : TlsEngine.JDK);
    }

    @Test
    void theJdkIsTakenForAServerKeyThatBoringsslCannotUse() {
        assertThat(TlsEngine.fastestFor(key(KeyAlgorithm.ED25519))).isEqualTo(TlsEngine.JDK);
    }

    private static PublicKey key(KeyAlgorithm algorithm) {
        return PKI.server("localhost", algorithm).chain().getFirst().getPublicKey();
    }
}
