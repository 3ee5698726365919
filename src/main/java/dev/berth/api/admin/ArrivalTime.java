package dev.berth.api.admin;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * The time that a request has to arrive whole; on the event loop that began it.
 *
 * <p>It is measured in two halves. Where the whole process stood still (stopped, moved, out of memory), a deadline that has passed comes before the
 * bytes that wait in the socket; the second half begins only then, and leaves the time to read them.
 */
final class ArrivalTime {
    private final Vertx vertx;
    private long timer;

    private ArrivalTime(Vertx vertx) {
        this.vertx = vertx;
    }

    static ArrivalTime begin(Vertx vertx, Duration max, Runnable late) {
        var time = new ArrivalTime(vertx);
        long half = Math.ceilDiv(max.toMillis(), 2);
        time.after(half, () -> time.after(half, late));
        return time;
    }

    private void after(long millis, Runnable what) {
        timer = vertx.setTimer(millis, id -> what.run());
    }

    /** Nothing is waited for any more. */
    void end() {
        vertx.cancelTimer(timer);
    }
}
