package dev.berth.api.device;

import io.netty.buffer.ByteBufAllocator;
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
 * TLS whose server certificate can change while connections arrive: each connection takes the context of the moment in which
 * its handshake begins.
 *
 * <p>Vert.x' own update builds its contexts asynchronously and has none to give to connections that arrive meanwhile; here the new
 * context is complete, client authentication included, before one reference is swapped.
 */
final class ReloadableTls extends SSLEngineOptions {
    private final DoorKeeper door;
    private final Executor threads;
    private final SSLEngine unused;
    private volatile SslContext current;

    /** @param threads what works on requests */
    ReloadableTls(SslContext first, DoorKeeper door, Executor threads) {
        this.current = first;
        this.unused = first.newEngine(ByteBufAllocator.DEFAULT);
        this.door = door;
        this.threads = threads;
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

    /** Passes everything on to the current context, but lets connections wait until it is their turn. */
    private final class Delegate extends SslContext {
        @Override
        protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls, Executor executor) {
            return new Vestibule(unused, () -> tls(allocator, executor), door, threads);
        }

        private SslHandler tls(ByteBufAllocator allocator, Executor executor) {
            var handler = current.newHandler(allocator, executor);
            DeviceTls.prepare(handler.engine());
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
}
