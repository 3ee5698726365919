package dev.berth.emulator.https;

import dev.berth.emulator.protocol.Pem;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How the emulator speaks TLS and HTTP. */
public final class HttpsListener {
    /** How Vert.x's servers of one address agree on a free port; so no second listener may use it. */
    private static final int SHARED_FREE_PORT = -1;

    private static final int REQUEST_LINE_BYTES_MAX = 4 * 1024;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    static final int IDLE_SECONDS_MAX = 60;
    private static final int HANDSHAKE_SECONDS_MAX = 10;

    public static final String LOOPBACK = "127.0.0.1";

    private HttpsListener() {}

    /**
     * Devices are asked for a certificate of any issuer and none is refused here, because a refusal is to be an answer with
     * a body. No session is resumed, so each connection shows its whole chain.
     */
    public static HttpServerOptions options(ServerIdentity identity, TlsEngine engine, int port) {
        var key = new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(Pem.of("PRIVATE KEY", identity.key().getEncoded())))
                .addCertValue(Buffer.buffer(Pem.of(identity.certificate()) + Pem.of(identity.authority())));
        return new HttpServerOptions()
                .setHost(LOOPBACK)
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
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setIdleTimeout(IDLE_SECONDS_MAX)
                .setHandle100ContinueAutomatically(true)
                .setTcpNoDelay(true)
                .setAcceptBacklog(4_096);
    }

    /** Listens with a server per event loop, all at one port, which is the result. */
    public static Future<Integer> listen(Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> handler) {
        var port = new AtomicInteger();
        var servers = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(() -> server(options, handler, port), servers)
                .map(deployment -> port.get());
    }

    /** Listens with one server, at a port that no other listener has; a busy listener is better off with {@link #listen}. */
    public static Future<Integer> listenAlone(
            Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> handler) {
        int port = Math.max(options.getPort(), 0);
        return vertx.createHttpServer(new HttpServerOptions(options).setPort(port))
                .requestHandler(handler)
                .listen()
                .map(HttpServer::actualPort);
    }

    private static Verticle server(HttpServerOptions options, Handler<HttpServerRequest> handler, AtomicInteger port) {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                vertx.createHttpServer(options)
                        .requestHandler(handler)
                        .listen()
                        .onSuccess(server -> port.set(server.actualPort()))
                        .<Void>mapEmpty()
                        .onComplete(started);
            }
        };
    }
}
