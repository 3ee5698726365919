package dev.berth.api.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which devices the TLS handshake lets in, whichever engine does it; a subclass names the engine. */
abstract class HandshakeContract extends DeviceListenerFixture {
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
        "TLSv1.2,RSA_2048"
    })
    void takesDevicesOfAnyCommonKindOfKey(String protocol, KeyAlgorithm algorithm) throws IOException {
        var device = PKI.device("device-1", algorithm);
        try (var connection = connect(device, protocol)) {
            assertThat(connection.get("/v1/id-scope").status()).isEqualTo(200);
            assertThat(script.judged.getLast()).isEqualTo(device.chain());
        }
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

    @Test
    void handsTheWholeChainToTheJudge() throws IOException {
        var chain =
                DEVICE.with(PKI.ca().certificate(), new TestPki("stranger").ca().certificate());
        try (var device = connect(chain, "TLSv1.3")) {
            device.get("/v1/id-scope");
            assertThat(script.judged.getLast()).isEqualTo(chain.chain());
        }
    }

    @Test
    void aChainOfTwentyCertificatesStillReachesTheJudge() throws IOException {
        var chain = DEVICE;
        for (int i = 0; i < 19; i++) {
            chain = chain.with(new TestPki("stranger-" + i).ca().certificate());
        }
        try (var device = connect(chain, "TLSv1.3")) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            assertThat(script.judged.getLast()).hasSize(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void noSessionIsResumed(String protocol) throws IOException {
        var context = DeviceClient.context(DEVICE);
        var listener = listener();
        byte[] first;
        try (var device = DeviceClient.connect(listener.port(), context, protocol)) {
            device.get("/v1/id-scope");
            first = device.socket().getSession().getId();
        }
        try (var device = DeviceClient.connect(listener.port(), context, protocol)) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            assertThat(device.socket().getSession().getId()).isNotEqualTo(first);
        }
    }

    @Test
    void survivesStrangersThatDoNotSpeakTls() throws IOException {
        try (var plain = new Socket(InetAddress.getLoopbackAddress(), listener().port())) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            plain.getInputStream().readAllBytes();
        }
        awaitNoConnection();
    }
}
