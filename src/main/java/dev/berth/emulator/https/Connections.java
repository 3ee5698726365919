package dev.berth.emulator.https;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** What only the channel below a connection can do; called on its event loop. */
public final class Connections {
    private Connections() {}

    static void reset(HttpConnection connection) {
        reset(channel(connection));
    }

    /** Ends a connection as a crashed peer or a firewall does: a TCP reset, without a farewell of TLS. */
    public static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.unsafe().close(channel.voidPromise());
        }
    }

    /** For a request that is to wait longer than a connection may be idle; whoever calls this ends the connection. */
    static void outlastIdleness(HttpConnection connection) {
        var pipeline = channel(connection).pipeline();
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
    }

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }
}
