package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.device.TestPki.Credential;
import dev.berth.identity.ChainVerdict;
import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which certificates the TLS handshake takes, whichever engine does it; a subclass names the engine and where it deviates.
 *
 * <p>The handshake proves that the device holds its certificate's key, and nothing more: every certificate reaches the judge, so that
 * whoever is refused reads why.
 */
abstract class HandshakeContract extends DeviceListenerFixture {
    private static final ASN1ObjectIdentifier PADDING = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");

    HandshakeContract(TlsEngine engine) {
        super(engine);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3,P_256",
        "TLSv1.2,P_256",
        "TLSv1.3,P_384",
        "TLSv1.2,P_384",
        "TLSv1.3,RSA_2048",
        "TLSv1.2,RSA_2048",
        "TLSv1.3,RSA_3072",
        "TLSv1.2,RSA_3072",
        "TLSv1.3,RSA_4096",
        "TLSv1.2,RSA_4096"
    })
    void takesDevicesOfAnyCommonKindOfKey(String protocol, DeviceKey key) throws IOException {
        assertTaken(PKI.device("device-1", key), protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aDeviceWithoutACertificateReadsWhy(String protocol) throws IOException {
        try (var device = connect(null, protocol)) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("certificate-missing");
            assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,P_256", "TLSv1.2,P_256", "TLSv1.3,RSA_2048", "TLSv1.2,RSA_2048"})
    void whoDoesNotHoldTheCertificatesKeyGetsNoAnswer(String protocol, DeviceKey key) {
        var stolen = PKI.device("device-1", key).withKeyOf(PKI.device("thief", KeyAlgorithm.valueOf(key.name())));
        assertThatThrownBy(() -> askIdScope(stolen, protocol)).isInstanceOf(IOException.class);
        awaitNoConnection();
        assertThat(counts.handshakesDone()).isZero();
        assertThat(script.judged).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void anExpiredCertificateReachesTheJudge(String protocol) throws IOException {
        var past = Instant.now().minus(Duration.ofDays(2));
        assertTaken(PKI.issue(PKI.deviceSpec("device-1").withValidity(past.minus(Duration.ofDays(1)), past)), protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateThatNobodyVouchesForReachesTheJudge(String protocol) throws IOException {
        assertTaken(PKI.selfSigned("device-1"), protocol);
    }

    @Test
    void handsTheWholeChainToTheJudge() throws IOException {
        assertTaken(
                DEVICE.with(PKI.ca().certificate(), new TestPki("stranger").ca().certificate()), "TLSv1.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aChainOfTwentyCertificatesReachesTheJudge(String protocol) throws IOException {
        assertTaken(chainOf(20), protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateOf24KilobytesReachesTheJudge(String protocol) throws IOException {
        assertTaken(deviceOfSize(24 * 1024), protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void certificatesOfMoreThan64KilobytesEndTheHandshake(String protocol) {
        assertCutOff(deviceOfSize(DeviceTls.CHAIN_BYTES_MAX + 1), protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aChainWithoutEndEndsTheHandshake(String protocol) {
        assertCutOff(chainOf(1_000), protocol);
    }

    /** The session's memory of a certificate that was good would let it in again. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aDeviceThatWasRevokedMeanwhileIsJudgedAnewThoughItWouldResumeItsSession(String protocol) throws IOException {
        var context = DeviceClient.context(DEVICE);
        try (var device = DeviceClient.connect(listener().port(), context, protocol)) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
        script.verdict = new ChainVerdict.Refused(ChainVerdict.Reason.CERTIFICATE_REVOKED, "meanwhile");
        script.judged.clear();
        try (var device = DeviceClient.connect(listener().port(), context, protocol)) {
            assertThat(device.get("/v1/id-scope").problem()).isEqualTo("certificate-revoked");
            assertThat(script.judged).containsExactly(DEVICE.chain());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void noSessionIsResumed(String protocol) throws IOException {
        var context = DeviceClient.context(DEVICE);
        byte[] first;
        try (var device = DeviceClient.connect(listener().port(), context, protocol)) {
            device.get("/v1/id-scope");
            first = device.socket().getSession().getId();
        }
        try (var device = DeviceClient.connect(listener().port(), context, protocol)) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            assertThat(device.socket().getSession().getId()).isNotEqualTo(first);
        }
    }

    // --- what the rules are written with

    /** The device is answered, and the judge saw all that it showed. */
    void assertTaken(Credential credential, String protocol) throws IOException {
        assertThat(askIdScope(credential, protocol).status()).isEqualTo(200);
        assertThat(script.judged).containsExactly(credential.chain());
    }

    /** The connection ends before anybody is judged, and takes nothing with it. */
    void assertCutOff(Credential credential, String protocol) {
        assertThatThrownBy(() -> askIdScope(credential, protocol)).isInstanceOf(IOException.class);
        awaitNoConnection();
        assertThat(counts.handshakesFailed()).isEqualTo(1);
        assertThat(script.judged).isEmpty();
    }

    DeviceClient.Answer askIdScope(Credential credential, String protocol) throws IOException {
        try (var device = connect(credential, protocol)) {
            return device.get("/v1/id-scope");
        }
    }

    /** A device that shows its own certificate and then so many others that it shows {@code certificates}. */
    static Credential chainOf(int certificates) {
        var more = new X509Certificate[certificates - 1];
        Arrays.fill(more, PKI.ca().certificate());
        return DEVICE.with(more);
    }

    /** One certificate, a little larger than {@code bytes}. */
    private static Credential deviceOfSize(int bytes) {
        return PKI.issue(PKI.deviceSpec("device-1").with(PADDING, false, new DEROctetString(new byte[bytes])));
    }
}
