package dev.berth.api.device;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets handshakes begin as fast as the machine does the work that follows from them, and no faster.
 *
 * <p>A handshake is most of what a device costs, and is paid before anything is known of it. If every hello were answered at once, all the CPU
 * would go into handshakes whose requests come too late. A number of handshakes in progress says little: most of the time they
 * wait for devices far away. So only {@link #AT_ONCE} turns exist. Who has one begins its handshake and sends something after it on the way that
 * requests go, from the event loop to a virtual thread and back; when that has come through, so has all the work that lay before it, and the turn is the
 * next one's. An idle machine gives it back in microseconds.
 *
 * <p>The others wait, first come, first served. How long the last one will is their number times the pace of late: a burst may wait for a while,
 * but once somebody had to be refused only as many wait as keep the machine busy, because a queue that never ends serves nobody sooner.
 */
final class HandshakeTurns {
    /** More than one, so that the CPU has work while one comes back. */
    static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

    private static final long OVERLOADED_FOR = Duration.ofSeconds(1).toNanos();
    private static final long PACE_FIRST = Duration.ofMillis(1).toNanos();
    private static final int PACE_OVER = 16;

    /** A gap longer than so many times the pace counts as that: once the whole process stood still, it says little of what comes; if it lasts, the pace follows soon. */
    private static final int GAP_MAX = 8;

    private final int waitingMax;
    private final long waitMax;
    private final long waitOverloadedMax;
    private final LongSupplier ticker;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int free = AT_ONCE;
    private long pace = PACE_FIRST;
    private long lastBegan;
    private boolean overloaded;
    private long lastRefused;

    private record Waiting(Hello hello, long since) {}

    /** A connection whose hello is here. */
    interface Hello {
        /** Whether it hung up while it waited. */
        boolean gone();

        /** Begins the handshake, and runs {@code passed} when the work that lies before it now has been done. */
        void begin(Runnable passed);
    }

    HandshakeTurns(HandshakeLimits limits, LongSupplier ticker) {
        this.waitingMax = limits.waitingMax();
        this.waitMax = limits.waitMax().toNanos();
        this.waitOverloadedMax = limits.waitOverloadedMax().toNanos();
        this.ticker = ticker;
    }

    /** Whether one more would get its turn soon enough; if not, it is refused. */
    synchronized boolean admits() {
        long now = ticker.getAsLong();
        overloaded = overloaded && now - lastRefused < OVERLOADED_FOR;
        if (waiting.size() < waitingMax && waiting.size() * pace <= (overloaded ? waitOverloadedMax : waitMax)) {
            return true;
        }
        overloaded = true;
        lastRefused = now;
        return false;
    }

    /** Lets {@code hello} begin now or in its turn, or says that it is refused. */
    boolean comes(Hello hello) {
        synchronized (this) {
            if (!admits()) {
                return false;
            }
            if (free == 0) {
                waiting.add(new Waiting(hello, ticker.getAsLong()));
                return true;
            }
            free--;
            lastBegan = ticker.getAsLong();
        }
        hello.begin(this::passed);
        return true;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private void passed() {
        var next = next();
        if (next != null) {
            next.begin(this::passed);
        }
    }

    private synchronized @Nullable Hello next() {
        for (var first = waiting.poll(); first != null; first = waiting.poll()) {
            if (!first.hello().gone()) {
                measure(first);
                return first.hello();
            }
        }
        free++;
        return null;
    }

    /** Only while somebody waits does the time from one to the next say how fast they can be. */
    private void measure(Waiting next) {
        long now = ticker.getAsLong();
        if (next.since() <= lastBegan) {
            pace += (Math.min(now - lastBegan, GAP_MAX * pace) - pace) / PACE_OVER;
        }
        lastBegan = now;
    }
}
