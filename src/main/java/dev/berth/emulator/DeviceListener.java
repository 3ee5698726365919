package dev.berth.emulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the device listener speaks TLS and HTTP. */
final class DeviceListener {
    private static final int REQUEST_LINE_BYTES_MAX = 4 * 1024;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    private static final int IDLE_SECONDS_MAX = 60;
    private static final int HANDSHAKE_SECONDS_MAX = 10;

    private DeviceListener() {}

    /**
     * Devices are asked for a certificate of any issuer and none is refused here, because a refusal is to be an answer with
     * a body. No session is resumed, so each connection shows its whole chain.
     */
    static HttpServerOptions options(ServerIdentity identity, TlsEngine engine) {
        var key = new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(Pem.of("PRIVATE KEY", identity.key().getEncoded())))
                .addCertValue(Buffer.buffer(Pem.of(identity.certificate()) + Pem.of(identity.authority())));
        return new HttpServerOptions()
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
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setIdleTimeout(IDLE_SECONDS_MAX)
                .setHandle100ContinueAutomatically(true)
                .setTcpNoDelay(true)
                .setAcceptBacklog(4_096);
    }
}
