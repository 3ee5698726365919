package dev.berth.emulator;

import dev.berth.emulator.protocol.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands until a test turns it on. */
public final class TurnedClock implements Ticker {
    private final Instant start = Instant.now();
    private final AtomicLong nanos = new AtomicLong();

    public void turn(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return start.plusNanos(nanos.get());
    }
}
