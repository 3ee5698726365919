package dev.berth.api.device;

import dev.berth.api.problem.ProblemType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the listener tells of itself, and remembers on which threads it did handshakes. */
final class ListenerCounts implements DeviceObserver {
    private final AtomicInteger handshakesDone = new AtomicInteger();
    private final AtomicInteger handshakesFailed = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Set<Thread> handshakeThreads = ConcurrentHashMap.newKeySet();
    private final Map<ConnectionRefusal, AtomicInteger> refused = new EnumMap<>(ConnectionRefusal.class);

    ListenerCounts() {
        for (var why : ConnectionRefusal.values()) {
            refused.put(why, new AtomicInteger());
        }
    }

    @Override
    public void handshakeDone(String protocol) {
        handshakeThreads.add(Thread.currentThread());
        handshakesDone.incrementAndGet();
    }

    @Override
    public void handshakeFailed() {
        handshakesFailed.incrementAndGet();
    }

    @Override
    public void connectionRefused(ConnectionRefusal why) {
        Objects.requireNonNull(refused.get(why)).incrementAndGet();
    }

    @Override
    public void answered(String route, int status, Optional<ProblemType> problem, Duration duration) {
        answered.incrementAndGet();
    }

    int handshakesDone() {
        return handshakesDone.get();
    }

    Set<Thread> handshakeThreads() {
        return handshakeThreads;
    }

    int handshakesFailed() {
        return handshakesFailed.get();
    }

    int refused(ConnectionRefusal why) {
        return Objects.requireNonNull(refused.get(why)).get();
    }

    int answered() {
        return answered.get();
    }
}
