package dev.berth.emulator.https;

import dev.berth.emulator.protocol.Pem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the emulator speaks TLS to devices, whatever is inside. */
public final class TlsListener {
    /** How Vert.x's servers of one kind and address agree on a free port; so no second listener of a kind may use it. */
    private static final int SHARED_FREE_PORT = -1;

    private static final int HANDSHAKE_SECONDS_MAX = 10;
    private static final int BACKLOG = 4_096;

    static final String LOOPBACK = "127.0.0.1";

    private TlsListener() {}

    /**
     * Devices are asked for a certificate of any issuer and none is refused here, because a refusal is to be an answer with
     * a body. No session is resumed, so each connection shows its whole chain.
     */
    public static <T extends NetServerOptions> T options(
            T options, ServerIdentity identity, TlsEngine engine, int port) {
        var key = new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(Pem.of("PRIVATE KEY", identity.key().getEncoded())))
                .addCertValue(Buffer.buffer(Pem.of(identity.certificate()) + Pem.of(identity.authority())));
        options.setHost(LOOPBACK)
                .setPort(port == 0 ? SHARED_FREE_PORT : port)
                .setSsl(true)
                .setKeyCertOptions(key)
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
}
