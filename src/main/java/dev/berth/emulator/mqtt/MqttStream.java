package dev.berth.emulator.mqtt;

import dev.berth.emulator.enrollment.DeviceChain;
import dev.berth.emulator.https.Connections;
import dev.berth.emulator.https.PeerChain;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One connection's bytes both ways, over TLS alone or in WebSocket frames.
 *
 * @param ended whether the client has said goodbye; Java's device SDK sends more after that, on a WebSocket
 * @param hangUp ends it when what was written has been sent; may take for ever if the client does not read
 * @param below where Vert.x ends and Netty begins; whoever closes there does not wait for what was written
 * @param chain what the client showed in the handshake
 */
record MqttStream(
        ReadStream<Buffer> in,
        WriteStream<Buffer> out,
        BooleanSupplier ended,
        Runnable hangUp,
        ChannelHandlerContext below,
        Optional<DeviceChain> chain) {
    private static final String IDLE_HANDLER = "idle";

    static MqttStream of(NetSocket socket) {
        return new MqttStream(
                socket,
                socket,
                () -> false,
                socket::close,
                ((ConnectionBase) socket).channelHandlerContext(),
                PeerChain.of(socket.sslSession()));
    }

    /** How MQTT is cut into frames says nothing. HTTP's idle time ends here: devices' keep-alives are longer. */
    static MqttStream of(ServerWebSocket socket, HttpServerRequest upgraded) {
        var below = ((ConnectionBase) upgraded.connection()).channelHandlerContext();
        if (below.pipeline().get(IDLE_HANDLER) != null) {
            below.pipeline().remove(IDLE_HANDLER);
        }
        return new MqttStream(
                socket, socket, socket::isClosed, socket::close, below, PeerChain.of(socket.sslSession()));
    }

    /** Cuts it off so that the client notices. */
    void reset() {
        Connections.reset(below.channel());
    }

    void cutOff() {
        var _ = below.close();
    }
}
