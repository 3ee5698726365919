package dev.berth.emulator.protocol;

import java.time.Instant;

/** The emulator's time: monotonic for what it paces and counts, the wall's for what it writes down. */
public interface Ticker {
    /** Nanoseconds since some start; never go back. */
    long nanos();

    Instant now();

    /** The machine's clocks, counting from now. */
    static Ticker system() {
        long start = System.nanoTime();
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime() - start;
            }

            @Override
            public Instant now() {
                return Instant.now();
            }
        };
    }
}
