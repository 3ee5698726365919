package dev.berth.api.device;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets handshakes begin as fast as the machine does the work that follows from them, and no faster.
 *
 * <p>A handshake is most of what a device costs, and is paid before anything is known of it. If every hello were answered at once, all the CPU
 * would go into handshakes whose requests come too late. A number of handshakes in progress says little: most of the time they
 * wait for devices far away. So there are few turns for each event loop. Who has one begins its handshake and sends something after it on the way that
 * requests go, from the event loop to a virtual thread and back; when that has come through, so has all the work that lay before it, and the turn is the
 * next one's. An idle machine gives it back in microseconds.
 *
 * <p>The others wait, first come, first served. How long the last one will is their number times the pace of late: a burst may wait for a while, and only who would wait for
 * too long is refused. Where somebody is, and a queue has stood for half as long as anybody may wait, it is no burst but overload: hardly any wait then, because a queue
 * that never ends serves nobody sooner, and only one turn is left, which comes back when the
 * requests that came meanwhile have been answered, too: else they would wait for two handshakes. Each time an event loop then finds nobody to go on with, the queue
 * may be twice as long: it was too short to keep the machine busy, or the overload is over.
 *
 * <p>There is no lock: an event loop's turns and its queue are its own, and what all share are numbers. That loops which come at once might let in one too many does no harm.
 */
final class HandshakeTurns {
    /** Turns of an event loop while nobody has to be refused: it has work while one comes back, and need not be woken for it. */
    static final int TURNS = 2;

    /** As many may always be ready for each event loop: it has work while the next are let in, and that is seen to once for both, at half the cost. */
    static final int READY = 2;

    private static final long PACE_FIRST = Duration.ofMillis(1).toNanos();
    private static final int PACE_OVER = 16;

    /** A gap longer than so many times the pace counts as that: once the whole process stood still, it says little of what comes; if it lasts, the pace follows soon. */
    private static final int GAP_MAX = 8;

    private final int waitingMax;
    private final long waitMax;
    private final long waitOverloadedMax;
    private final LongSupplier ticker;
    private final Runnable turnPassed;
    private final Map<Object, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong pace = new AtomicLong(PACE_FIRST);
    private final AtomicLong lastBegan = new AtomicLong();
    private final AtomicLong lastFree;
    private final AtomicLong wait;

    private record Waiting(Hello hello, long since) {}

    /** An event loop, which alone touches it: how many of its turns are taken, and who waits for one. */
    private static final class Lane {
        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private int taken;
    }

    /** A connection whose hello is here. */
    interface Hello {
        /** Whether it hung up while it waited. */
        boolean gone();

        /** The event loop on which its handshake will be done. */
        Object eventLoop();

        /** Begins the handshake, and runs {@code passed} on the event loop when the work that lies before it now has been done. */
        void begin(Runnable passed);
    }

    /** @param turnPassed runs whenever one more might be let in */
    HandshakeTurns(HandshakeLimits limits, LongSupplier ticker, Runnable turnPassed) {
        this.turnPassed = turnPassed;
        this.waitingMax = limits.waitingMax();
        this.waitMax = limits.waitMax().toNanos();
        this.waitOverloadedMax = limits.waitOverloadedMax().toNanos();
        this.ticker = ticker;
        this.lastFree = new AtomicLong(ticker.getAsLong());
        this.wait = new AtomicLong(waitMax);
    }

    /**
     * Whether one more would get its turn soon enough; if not, it is refused. From any thread.
     *
     * @param arriving those that were let in and whose hello is still to be seen
     */
    boolean admits(int arriving) {
        int ahead = waiting.get() + arriving;
        boolean soon = ahead * pace.get() <= wait.get() || ahead < READY * lanes.size();
        if (ahead < waitingMax && soon) {
            return true;
        }
        if (overloaded() || ticker.getAsLong() - lastFree.get() >= waitMax / 2) {
            wait.set(waitOverloadedMax);
        }
        return false;
    }

    /** Lets {@code hello} begin now or in its turn, or says that it is refused; on its event loop. */
    boolean comes(Hello hello) {
        if (!admits(0)) {
            return false;
        }
        Lane lane = lanes.computeIfAbsent(hello.eventLoop(), _ -> new Lane());
        if (lane.taken >= turns()) {
            lane.waiting.add(new Waiting(hello, ticker.getAsLong()));
            waiting.incrementAndGet();
            return true;
        }
        lane.taken++;
        long now = ticker.getAsLong();
        lastBegan.set(now);
        lastFree.set(now);
        hello.begin(() -> passed(lane));
        return true;
    }

    /** Whether somebody had to be refused though this was no burst, and those who come do not wait as long as they might yet. */
    boolean overloaded() {
        return wait.get() < waitMax;
    }

    int waiting() {
        return waiting.get();
    }

    private void passed(Lane lane) {
        var next = next(lane);
        if (next != null) {
            next.begin(() -> passed(lane));
        }
        if (!overloaded() || lane.waiting.isEmpty()) {
            turnPassed.run();
        }
    }

    /** Each time the queue has just been shortened, a turn too many is taken; it is nobody's. */
    private @Nullable Hello next(Lane lane) {
        lane.taken--;
        if (lane.taken >= turns()) {
            return null;
        }
        for (var first = lane.waiting.poll(); first != null; first = lane.waiting.poll()) {
            waiting.decrementAndGet();
            if (!first.hello().gone()) {
                lane.taken++;
                measure(first);
                return first.hello();
            }
        }
        lastFree.set(ticker.getAsLong());
        wait.updateAndGet(shorter -> Math.min(2 * Math.max(shorter, pace.get()), waitMax));
        return null;
    }

    private int turns() {
        return overloaded() ? 1 : TURNS;
    }

    /** Only while somebody waits does the time from one to the next say how fast they can be. */
    private void measure(Waiting next) {
        long now = ticker.getAsLong();
        long before = lastBegan.getAndSet(now);
        if (next.since() <= before) {
            pace.updateAndGet(late -> late + (Math.min(now - before, GAP_MAX * late) - late) / PACE_OVER);
        }
    }
}
