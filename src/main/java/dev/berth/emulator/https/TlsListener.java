package dev.berth.emulator.https;

import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/** How the emulator speaks TLS to devices, whatever is inside. */
public final class TlsListener {
    /** How Vert.x's servers of one kind and address agree on a free port; so no second listener of a kind may use it. */
    private static final int SHARED_FREE_PORT = -1;

    private static final int HANDSHAKE_SECONDS_MAX = 10;
    private static final int BACKLOG = 4_096;

    private static final char[] NO_PASSWORD = {};

    static final String LOOPBACK = "127.0.0.1";

    private TlsListener() {}

    /**
     * Devices are asked for a certificate of any issuer and none is refused here, because a refusal is to be an answer with
     * a body. No session is resumed, so each connection shows its whole chain.
     */
    public static <T extends NetServerOptions> T options(
            T options, ServerIdentity identity, TlsEngine engine, int port) {
        options.setHost(LOOPBACK)
                .setPort(port == 0 ? SHARED_FREE_PORT : port)
                .setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(keys(identity)))
                .setTrustOptions(TrustOptions.wrap(new AcceptAll()))
                .setClientAuth(ClientAuth.REQUEST)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setSslEngineOptions(
                        engine.boringSsl()
                                ? new OpenSSLEngineOptions().setSessionCacheEnabled(false)
                                : new JdkSSLEngineOptions())
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS_MAX)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true)
                .setAcceptBacklog(BACKLOG);
        return options;
    }

    /**
     * With Netty's cache around them, because BoringSSL would read the key anew in each handshake. The cache goes by alias: SunX509 names a
     * key as the store does, while PKIX gives it a new name each time and would have it decrypted for every device.
     */
    private static KeyManagerFactory keys(ServerIdentity identity) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", identity.key(), NO_PASSWORD, new X509Certificate[] {
                identity.certificate(), identity.authority()
            });
            var keys = new OpenSslCachingX509KeyManagerFactory(KeyManagerFactory.getInstance("SunX509"));
            keys.init(store, NO_PASSWORD);
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot use the server's certificate", e);
        }
    }
}
