package dev.berth.api.device;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** HTTP servers on one port, each on an event loop of its own, which are given connections in turn: so the handshakes use every processor. */
final class HttpServers {
    /** Vert.x shares one free port among the servers that ask for the same negative one. */
    private static final AtomicInteger NEXT_SHARED = new AtomicInteger(-1);

    private final Vertx vertx;
    private final String deployment;
    private final int port;

    private HttpServers(Vertx vertx, String deployment, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
    }

    /**
     * Returns when they listen.
     *
     * @param port 0 takes a free one
     * @param server makes one that will listen on the port it is given
     */
    static HttpServers listen(Vertx vertx, int port, IntFunction<HttpServer> server) {
        int shared = port == 0 ? NEXT_SHARED.getAndDecrement() : port;
        var actualPort = new AtomicInteger();
        var deployment = await(vertx.deployVerticle(
                () -> new AbstractVerticle() {
                    @Override
                    public void start(Promise<Void> listens) {
                        server.apply(shared)
                                .listen()
                                .onSuccess(each -> actualPort.set(each.actualPort()))
                                .<Void>mapEmpty()
                                .onComplete(listens);
                    }
                },
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors())));
        return new HttpServers(vertx, deployment, actualPort.get());
    }

    int port() {
        return port;
    }

    /** Cuts all connections. */
    void close() {
        await(vertx.undeploy(deployment));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
