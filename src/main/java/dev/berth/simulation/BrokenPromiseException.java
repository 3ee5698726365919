package dev.berth.simulation;

/** A promise of Berth's was broken in a simulation; the message says where, and with which seed it is seen again. */
public final class BrokenPromiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenPromiseException(long seed, long event, double seconds, String what) {
        super("seed %d, event %,d at %,.3f s: %s".formatted(seed, event, seconds, what));
    }
}
