package dev.berth.api.device;

import dev.berth.identity.PresentedChain;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The connections whose handshake is done: who is at the other end of each, and how all of them are brought to an end. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a socket to close
final class OpenConnections {
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);

    private final DeviceLimits limits;
    private final DeviceObserver observer;
    private final DoorKeeper door;
    private final Map<HttpConnection, Open> open = new ConcurrentHashMap<>();

    private record Open(Channel channel, PresentedChain shown, ConnectionGuard guard) {
        void closeIfIdle() {
            channel.eventLoop().execute(() -> {
                if (guard.idle()) {
                    channel.close();
                }
            });
        }

        /** For how long, as of {@code now}; racy where connections have several event loops, so it is asked again on its own. */
        long idleFor(long now) {
            return now - guard.idleSince();
        }
    }

    OpenConnections(DeviceLimits limits, DeviceObserver observer, DoorKeeper door) {
        this.limits = limits;
        this.observer = observer;
        this.door = door;
    }

    /** On the connection's event loop, before its first request. */
    void opened(HttpConnection connection) {
        var channel = ((ConnectionBase) connection).channel();
        var guard = new ConnectionGuard(limits.requests(), observer);
        guard.install(channel);
        var newest = new Open(channel, shown(connection), guard);
        open.put(connection, newest);
        connection.closeHandler(_ -> open.remove(connection));
        if (door.closing()) {
            channel.close();
        } else if (door.nearlyFull()) {
            makeRoom(newest);
        }
    }

    /**
     * Closes those that have been idle for the longest: to its device an idle connection is worth little, since it can open another. A hundredth at a time,
     * because all are looked through for it.
     */
    private void makeRoom(Open newest) {
        long now = System.nanoTime();
        open.values().stream()
                .filter(each -> !each.equals(newest) && each.guard().idle())
                .sorted(Comparator.comparingLong((Open each) -> each.idleFor(now))
                        .reversed())
                .limit(Math.ceilDiv(limits.connectionsMax(), 100))
                .forEach(each -> {
                    observer.connectionRefused(ConnectionRefusal.IDLE);
                    each.closeIfIdle();
                });
    }

    /** What the device presented in its handshake. */
    PresentedChain shownOn(HttpConnection connection) {
        var known = open.get(connection);
        return known == null ? PresentedChain.NONE : known.shown();
    }

    /**
     * Lets no connection in, closes those without a request, and waits for the others to get their answers, after which they close.
     *
     * @return whether all of them were closed within {@code grace}
     */
    boolean drain(Duration grace) throws InterruptedException {
        door.close();
        open.values().forEach(Open::closeIfIdle);
        long deadline = System.nanoTime() + grace.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_INTERVAL);
        }
        return open.isEmpty();
    }

    /** BoringSSL's are but bytes; the judge parses them, away from the event loop. */
    private static PresentedChain shown(HttpConnection connection) {
        try {
            return new PresentedChain(connection.peerCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList());
        } catch (SSLPeerUnverifiedException _) {
            return PresentedChain.NONE;
        }
    }
}
