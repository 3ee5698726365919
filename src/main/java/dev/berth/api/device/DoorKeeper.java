package dev.berth.api.device;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections from their first byte to their end, bounds them, and lets none in while the listener stops.
 *
 * <p>Who is refused before TLS gets a reset: it costs a small part of a handshake, leaves nothing behind on this side, and a device takes it as what it is, nobody
 * there now.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a socket to close
final class DoorKeeper {
    private final int connectionsMax;
    private final DeviceObserver observer;
    private final AccessLog log;
    private final HandshakeTurns turns;
    private final HalfOpen<Channel> halfOpen;
    private final Set<Channel> arriving = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger inHandshake = new AtomicInteger();
    private final AtomicReference<@Nullable AcceptDoor> atAccept = new AtomicReference<>();
    private volatile boolean closing;

    DoorKeeper(DeviceLimits limits, DeviceObserver observer, AccessLog log) {
        this.connectionsMax = limits.connectionsMax();
        this.observer = observer;
        this.log = log;
        this.turns = new HandshakeTurns(limits.handshakes(), System::nanoTime, this::turnPassed);
        this.halfOpen = new HalfOpen<>(limits.handshakes().halfOpenMax());
    }

    int open() {
        return open.get();
    }

    /** Of those how many have not finished their handshake. */
    int halfOpen() {
        return halfOpen.count();
    }

    /** Of those how many had their turn to begin it. */
    int inHandshake() {
        return inHandshake.get();
    }

    /** How many others wait for theirs. */
    int waiting() {
        return turns.waiting();
    }

    void close() {
        closing = true;
    }

    boolean closing() {
        return closing;
    }

    /** Whether a hundredth of the places, or less, are left. */
    boolean nearlyFull() {
        return open.get() >= connectionsMax - connectionsMax / 100;
    }

    /** Why the next connection is not let in, if so; asked when it is accepted, so that it costs next to nothing. */
    Optional<ConnectionRefusal> refusal() {
        if (closing) {
            return Optional.of(ConnectionRefusal.STOPPING);
        }
        if (open.get() >= connectionsMax) {
            return Optional.of(ConnectionRefusal.FULL);
        }
        return turns.admits(arriving.size()) ? Optional.empty() : Optional.of(ConnectionRefusal.HANDSHAKES);
    }

    /** Whether who comes is refused unless a handshake is about to begin. */
    boolean overloaded() {
        return turns.overloaded();
    }

    /** It was let in; in overload it counts as if its hello were there, until it has been seen whether it is. */
    void arrives(Channel connection) {
        if (overloaded()) {
            arriving.add(connection);
        }
    }

    /** Closes a connection that cannot be let in, or not be kept; on its event loop, if it has one. */
    void turnAway(Channel connection, ConnectionRefusal why) {
        if (!connection.isOpen()) {
            return; // it went by itself
        }
        refused(why);
        reset(connection);
    }

    void refused(ConnectionRefusal why) {
        observer.connectionRefused(why);
    }

    /** Closes without waiting for anything that is still to be sent. */
    static void reset(Channel connection) {
        connection.config().setOption(ChannelOption.SO_LINGER, 0);
        if (connection.isRegistered()) {
            connection.unsafe().close(connection.newPromise());
        } else {
            connection.unsafe().closeForcibly();
        }
    }

    /** Takes a place for a connection, on its event loop; at the first one the door is set up, because only now there is a listening socket to see. */
    void enters(Channel connection) {
        if (atAccept.get() == null) {
            guard(connection.parent());
        }
        boolean full = open.incrementAndGet() > connectionsMax;
        if (!full && !closing) {
            halfOpen.add(connection)
                    .ifPresent(longest ->
                            longest.eventLoop().execute(() -> turnAway(longest, ConnectionRefusal.HALF_OPEN)));
        }
        if (arriving.contains(connection)) {
            // What is planned now is done when the event loop has read what is there.
            connection.eventLoop().schedule(() -> arriving.remove(connection), 0, TimeUnit.NANOSECONDS);
        }
        // Last, since it may be closed already; then this forgets it at once.
        connection.closeFuture().addListener(_ -> left(connection));
        if (full || closing) {
            turnAway(connection, closing ? ConnectionRefusal.STOPPING : ConnectionRefusal.FULL);
        }
    }

    private void guard(Channel listening) {
        var at = new AcceptDoor(listening, this);
        if (atAccept.compareAndSet(null, at)) {
            at.install();
        }
    }

    private void turnPassed() {
        var at = atAccept.get();
        if (at != null) {
            at.look();
        }
    }

    private void left(Channel connection) {
        halfOpen.remove(connection);
        open.decrementAndGet();
    }

    /** A hello has come whole. */
    void helloCame(Channel connection, HandshakeTurns.Hello hello) {
        halfOpen.progressed(connection);
        if (!turns.comes(hello)) {
            turnAway(connection, ConnectionRefusal.HANDSHAKES);
        }
    }

    /** No hello came in time. */
    void noHello(Channel connection) {
        observer.handshakeFailed();
        connection.close();
    }

    /** Hears how the handshake of this handler ends. */
    void watch(Channel connection, SslHandler handler) {
        inHandshake.incrementAndGet();
        handler.handshakeFuture().addListener((Future<Channel> handshake) -> {
            inHandshake.decrementAndGet();
            halfOpen.remove(connection);
            if (handshake.isSuccess()) {
                var session = handler.engine().getSession();
                session.invalidate(); // TLS 1.2 would resume it by its ID
                observer.handshakeDone(session.getProtocol());
            } else {
                observer.handshakeFailed();
                log.handshakeFailed(handshake.cause());
            }
        });
    }
}
