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

    /** This clock as a machine sees it whose own is {@code offsetNanos} ahead. */
    InstantSource aheadBy(long offsetNanos) {
        return offsetNanos == 0 ? this : new Offset(this, offsetNanos);
    }

    /** A clock that is off by a constant. */
    private static final class Offset implements InstantSource {
        private final VirtualClock sound;
        private final long offset;
        private long soundNanos = Long.MIN_VALUE;
        private Instant instant = START;

        Offset(VirtualClock sound, long offset) {
            this.sound = sound;
            this.offset = offset;
        }

        @Override
        public Instant instant() {
            if (soundNanos != sound.nanos) {
                soundNanos = sound.nanos;
                instant = START.plusNanos(sound.nanos + offset);
            }
            return instant;
        }
    }
}
