package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device and the listener agree on in the handshake, and what they may change later; a subclass names the engine. */
abstract class TlsTermsContract extends DeviceListenerFixture {
    private static final int PROTOCOL_VERSION = 70;

    TlsTermsContract(TlsEngine engine) {
        super(engine);
    }

    @Test
    void speaksTheNewestVersionThatBothKnow() throws IOException {
        try (var device = connect(DEVICE, tls -> tls.setProtocols(new String[] {"TLSv1.2", "TLSv1.3"}))) {
            assertThat(device.socket().getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @ParameterizedTest(name = "SSL 3.0 + {0}")
    @ValueSource(ints = {0, 1, 2})
    void oldVersionsAreRefusedByAnAlertThatSaysSo(int minor) throws IOException {
        var hello = ClientHello.of("TLSv1.2").ofOldVersion(3, minor);
        try (var device = new Stranger(listener().port())) {
            var answer = device.send(hello.bytes()).readToTheEnd();
            assertThat(Stranger.alert(answer)).hasValue(PROTOCOL_VERSION);
        }
        awaitNoConnection();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"})
    void suitesThatAreWeakOrDearAreRefused(String suite) {
        assertThatThrownBy(() -> connect(DEVICE, tls -> {
                    tls.setProtocols(new String[] {"TLSv1.2"});
                    tls.setCipherSuites(new String[] {suite});
                }))
                .isInstanceOf(SSLHandshakeException.class);
        awaitNoConnection();
    }

    /** A device that insists on HTTP/2 finds out by its first request. */
    @ParameterizedTest
    @ValueSource(strings = {"h2 http/1.1", "http/1.1", "h2", "mqtt"})
    void choosesNoApplicationProtocolAndSpeaksHttp11(String offered) throws IOException {
        try (var device = connect(DEVICE, tls -> tls.setApplicationProtocols(offered.split(" ", -1)))) {
            assertThat(device.socket().getApplicationProtocol()).isEmpty();
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @Test
    void http2IsRefusedInTheWordsOfHttp11() throws IOException {
        try (var device = connect()) {
            assertThat(device.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status()).isEqualTo(400);
            assertThat(device.closed()).isTrue();
        }
    }

    /** Devices find Berth by many names, and old ones by none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "unknown.example", "127.0.0.1", "xn--strae-oqa.example"})
    void showsItsOneCertificateWhateverNameIsAskedFor(String name) throws IOException {
        List<SNIServerName> names = name.isEmpty() ? List.of() : List.of(new SNIHostName(name));
        try (var device = connect(DEVICE, tls -> tls.setServerNames(names))) {
            assertThat(serverName(device)).isEqualTo("CN=localhost");
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    /** Otherwise one connection could have as many handshakes as it likes. */
    @Test
    void aSecondHandshakeOnAConnectionEndsIt() throws IOException {
        try (var device = connect(DEVICE, "TLSv1.2")) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            assertThatThrownBy(() -> {
                        device.socket().startHandshake();
                        device.get("/v1/id-scope");
                    })
                    .isInstanceOf(IOException.class);
        }
        awaitNoConnection();
        assertThat(counts.handshakesDone()).isEqualTo(1);
    }

    /** TLS 1.3 has no second handshake; new keys for the same connection cost little, and are its own affair. */
    @Test
    void aDeviceMayChangeTheKeysOfItsConnection() throws IOException {
        try (var device = connect(DEVICE, "TLSv1.3")) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
            device.socket().startHandshake();
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aDeviceThatEndsItsHalfOfTheConnectionHasHungUp(String protocol) throws IOException {
        try (var device = connect(DEVICE, protocol)) {
            device.get("/v1/id-scope");
            device.socket().shutdownOutput();
            assertThat(device.closed()).isTrue();
        }
        awaitNoConnection();
    }
}
