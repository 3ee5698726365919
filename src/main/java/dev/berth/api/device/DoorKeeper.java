package dev.berth.api.device;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections from their first byte to their end, bounds them, and lets none in while the listener stops. */
final class DoorKeeper {
    private final int connectionsMax;
    private final DeviceObserver observer;
    private final AccessLog log;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closing;

    DoorKeeper(int connectionsMax, DeviceObserver observer, AccessLog log) {
        this.log = log;
        this.connectionsMax = connectionsMax;
        this.observer = observer;
    }

    int open() {
        return open.get();
    }

    void close() {
        closing = true;
    }

    boolean closing() {
        return closing;
    }

    /** Takes a place for a new connection, or says that there is none. */
    boolean admits() {
        if (!closing && takesPlace()) {
            return true;
        }
        observer.connectionRefused();
        return false;
    }

    private boolean takesPlace() {
        if (open.incrementAndGet() <= connectionsMax) {
            return true;
        }
        open.decrementAndGet();
        return false;
    }

    /** Gives the place back when the connection of this handler ends. */
    void watch(SslHandler handler) {
        handler.handshakeFuture().addListener((Future<Channel> handshake) -> {
            if (handshake.isSuccess()) {
                var session = handler.engine().getSession();
                session.invalidate(); // TLS 1.2 would resume it by its ID
                observer.handshakeDone(session.getProtocol());
                handshake.getNow().closeFuture().addListener(_ -> open.decrementAndGet());
            } else {
                observer.handshakeFailed();
                log.handshakeFailed(handshake.cause());
                open.decrementAndGet();
            }
        });
    }
}
