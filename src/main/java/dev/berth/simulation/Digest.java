package dev.berth.simulation;

/** A number that says whether two simulations were the same, whatever happened in them. */
final class Digest {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long value;

    void note(long fact) {
        value = (value ^ fact) * FACTOR;
        value ^= value >>> 32;
    }

    long value() {
        return value;
    }
}
