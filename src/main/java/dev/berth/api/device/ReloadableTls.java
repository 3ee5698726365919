package dev.berth.api.device;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * TLS whose server certificate can change while connections arrive: each connection takes the context of its moment.
 *
 * <p>Vert.x' own update builds its contexts asynchronously and has none to give to connections that arrive meanwhile; here the new
 * context is complete, client authentication included, before one reference is swapped.
 */
final class ReloadableTls extends SSLEngineOptions {
    private final DoorKeeper door;
    private volatile SslContext current;

    ReloadableTls(SslContext first, DoorKeeper door) {
        this.current = first;
        this.door = door;
    }

    /** Connections from now on see {@code next}; those that are open keep what they have. */
    void replace(SslContext next) {
        current = next;
    }

    /** The very same: a copy would not hear of replacements. */
    @Override
    public SSLEngineOptions copy() {
        return this;
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return Delegate::new;
    }

    /** Passes everything on to the current context, and shows connections out when the house is full. */
    private final class Delegate extends SslContext {
        @Override
        protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls, Executor executor) {
            if (!door.admits()) {
                return new TurnedAway(current.newEngine(allocator));
            }
            var handler = current.newHandler(allocator, executor);
            DeviceTls.prepare(handler.engine());
            door.watch(handler);
            return handler;
        }

        @Override
        protected SslHandler newHandler(
                ByteBufAllocator allocator, String host, int port, boolean startTls, Executor executor) {
            return newHandler(
                    allocator, startTls, executor); // the peer's address only serves session caches of clients
        }

        @Override
        public SSLEngine newEngine(ByteBufAllocator allocator) {
            return current.newEngine(allocator);
        }

        @Override
        public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
            return current.newEngine(allocator, host, port);
        }

        @Override
        public boolean isClient() {
            return false;
        }

        @Override
        public List<String> cipherSuites() {
            return current.cipherSuites();
        }

        @Override
        @SuppressWarnings("deprecation") // abstract in SslContext, so it has to be here
        public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
            return current.applicationProtocolNegotiator();
        }

        @Override
        public SSLSessionContext sessionContext() {
            return current.sessionContext();
        }
    }

    /** Stands where TLS would and closes the connection before it costs a handshake. */
    private static final class TurnedAway extends SslHandler {
        TurnedAway(SSLEngine engine) {
            super(engine);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) throws Exception {
            super.handlerAdded(context);
            Channel channel = context.channel();
            channel.eventLoop().execute(() -> channel.unsafe().closeForcibly());
        }
    }
}
