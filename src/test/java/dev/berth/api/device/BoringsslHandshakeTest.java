package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of BoringSSL. */
class BoringsslHandshakeTest extends HandshakeContract {
    BoringsslHandshakeTest() {
        super(TlsEngine.BORINGSSL);
    }

    /** A deviation of this engine: it completes the handshake without these certificates, so the problem says where to look. */
    @ParameterizedTest
    @CsvSource({"TLSv1.3,ED25519", "TLSv1.2,ED25519"})
    void doesNotSeeDevicesWithThisKindOfKeyAndSaysSo(String protocol, DeviceKey key) throws IOException {
        var answer = askIdScope(PKI.device("device-1", key), protocol);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("certificate-missing");
        assertThat(answer.json().path("detail").asText()).contains("Ed25519", "P-521", "berth.tls.engine=jdk");
    }

    /** It does not ask for signatures of that curve. The JDK's client then gives up; OpenSSL's shows nothing by TLS 1.3, and signs unasked by 1.2. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aJdkDeviceOnP521GivesUp(String protocol) {
        assertCutOff(PKI.device("device-1", DeviceKey.P_521), protocol);
    }

    /** It counts bytes, not certificates, so the judge says what is too long. */
    @Test
    void aChainOfMoreThan32CertificatesReachesTheJudge() throws IOException {
        assertTaken(chainOf(40), "TLSv1.3");
    }

    /** A deviation of this engine: that the key may not sign is told by a bare alert. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateWhoseKeyMayNotSignEndsTheHandshake(String protocol) {
        assertCutOff(PKI.issue(PKI.deviceSpec("device-1").withKeyUsage(KeyUsage.keyEncipherment)), protocol);
    }
}
