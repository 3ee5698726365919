package dev.berth.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** The time of a simulation, in nanoseconds since it began; it moves only when it is told to. */
final class VirtualClock implements InstantSource {
    static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

    private long nanos;
    private long instantNanos;
    private Instant instant = START;

    long nanos() {
        return nanos;
    }

    void advanceTo(long later) {
        nanos = Math.max(nanos, later);
    }

    /** Made when it is asked for: most events need none, and some need it many times. */
    @Override
    public Instant instant() {
        if (instantNanos != nanos) {
            instantNanos = nanos;
            instant = START.plusNanos(nanos);
        }
        return instant;
    }

    /** The inverse: which nanosecond of the simulation {@code instant} is. */
    static long nanosOf(Instant instant) {
        return START.until(instant).toNanos();
    }
}
