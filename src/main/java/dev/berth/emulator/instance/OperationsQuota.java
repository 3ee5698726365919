package dev.berth.emulator.instance;

import dev.berth.emulator.protocol.Ticker;
import java.time.Duration;

/** The service API's quota of one instance, counted apart from registrations. */
public final class OperationsQuota {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Quotas quotas;
    private final Ticker ticker;
    private final int retryAfterSeconds;
    private RateWindow minute;
    private long operations;
    private long throttled;

    OperationsQuota(Quotas quotas, Ticker ticker, int retryAfterSeconds) {
        this.quotas = quotas;
        this.ticker = ticker;
        this.retryAfterSeconds = retryAfterSeconds;
        this.minute = freshMinute();
    }

    /** Takes one operation of the minute, or counts one that has to wait. */
    public synchronized boolean tryAcquire() {
        boolean admitted = minute.tryAcquire(ticker.nanos());
        if (admitted) {
            operations++;
        } else {
            throttled++;
        }
        return admitted;
    }

    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    synchronized long operations() {
        return operations;
    }

    synchronized long throttled() {
        return throttled;
    }

    synchronized void restore(long operations, long throttled) {
        this.operations = operations;
        this.throttled = throttled;
    }

    synchronized void reset() {
        minute = freshMinute();
        operations = 0;
        throttled = 0;
    }

    private RateWindow freshMinute() {
        return quotas.window().open(quotas.operationsPerMinute(), MINUTE);
    }
}
