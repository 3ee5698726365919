package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;

class TlsEngineTest {
    private static final TestPki PKI = new TestPki("test-ca");

    @Test
    void boringsslIsTakenWhereItRuns() {
        assertThat(TlsEngine.fastestFor(key(KeyAlgorithm.P_256), _ -> true)).isEqualTo(TlsEngine.BORINGSSL);
    }

    @Test
    void theJdkIsTakenWhereBoringsslDoesNotRun() {
        assertThat(TlsEngine.fastestFor(key(KeyAlgorithm.P_256), engine -> engine == TlsEngine.JDK))
                .isEqualTo(TlsEngine.JDK);
    }

    @Test
    void theJdkIsTakenForAServerKeyThatBoringsslCannotUse() {
        assertThat(TlsEngine.fastestFor(key(KeyAlgorithm.ED25519), _ -> true)).isEqualTo(TlsEngine.JDK);
    }

    @Test
    void theJdksEngineRunsEverywhere() {
        assertThat(TlsEngine.JDK.available()).isTrue();
    }

    private static PublicKey key(KeyAlgorithm algorithm) {
        return PKI.server("localhost", algorithm).chain().getFirst().getPublicKey();
    }
}
