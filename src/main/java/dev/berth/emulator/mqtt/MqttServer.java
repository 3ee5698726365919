package dev.berth.emulator.mqtt;

import dev.berth.emulator.device.DeviceApi;
import dev.berth.emulator.protocol.Ticker;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** The device API over MQTT, for as many clients as its limits allow; one more is cut off. */
public final class MqttServer {
    private final Vertx vertx;
    private final DeviceApi api;
    private final Ticker ticker;
    private final MqttLimits limits;
    private final AtomicInteger connections = new AtomicInteger();

    public MqttServer(Vertx vertx, DeviceApi api, Ticker ticker, MqttLimits limits) {
        this.vertx = vertx;
        this.api = api;
        this.ticker = ticker;
        this.limits = limits;
    }

    /** Listens with a server per event loop, all at one port, which is the result. */
    public Future<Integer> listen(NetServerOptions options) {
        var port = new AtomicInteger();
        var servers = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(() -> server(options, port), servers).map(deployment -> port.get());
    }

    private Verticle server(NetServerOptions options, AtomicInteger port) {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                vertx.createNetServer(options)
                        .connectHandler(MqttServer.this::serve)
                        .listen()
                        .onSuccess(server -> port.set(server.actualPort()))
                        .<Void>mapEmpty()
                        .onComplete(started);
            }
        };
    }

    private void serve(NetSocket socket) {
        if (admitted()) {
            var session = session(MqttStream.of(socket));
            socket.closeHandler(closed -> ended(session));
            session.start();
        } else {
            socket.close();
        }
    }

    /** Serves a client that was admitted; MQTT takes binary frames only. */
    void serve(ServerWebSocket socket, HttpServerRequest upgraded) {
        var session = session(MqttStream.of(socket, upgraded));
        socket.closeHandler(closed -> ended(session));
        socket.frameHandler(frame -> {
            if (frame.isText()) {
                session.close();
            }
        });
        session.start();
    }

    private MqttSession session(MqttStream stream) {
        return new MqttSession(vertx, api, ticker, limits, stream);
    }

    /** Counts one more, unless that would be one too many. */
    boolean admitted() {
        if (connections.incrementAndGet() <= limits.connectionsMax()) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    private void ended(MqttSession session) {
        left();
        session.close();
    }

    /** Counts one less of those admitted. */
    void left() {
        connections.decrementAndGet();
    }
}
