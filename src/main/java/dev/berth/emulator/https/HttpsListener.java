package dev.berth.emulator.https;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;

/** How the emulator speaks TLS and HTTP. */
public final class HttpsListener {
    private static final int REQUEST_LINE_BYTES_MAX = 4 * 1024;
    private static final int HEADER_BYTES_MAX = 16 * 1024;
    static final int IDLE_SECONDS_MAX = 60;
    /** A message of DPS's size in one frame. */
    private static final int WEB_SOCKET_FRAME_BYTES_MAX = 128 * 1024;

    public static final String LOOPBACK = TlsListener.LOOPBACK;

    private HttpsListener() {}

    public static HttpServerOptions options(ServerIdentity identity, TlsEngine engine, int port) {
        return TlsListener.options(new HttpServerOptions(), identity, engine, port)
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setIdleTimeout(IDLE_SECONDS_MAX)
                .setHandle100ContinueAutomatically(true)
                .setMaxWebSocketFrameSize(WEB_SOCKET_FRAME_BYTES_MAX)
                .setMaxWebSocketMessageSize(WEB_SOCKET_FRAME_BYTES_MAX)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
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
