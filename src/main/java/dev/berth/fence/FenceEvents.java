package dev.berth.fence;

/** What a fence lets its operator know; every method is cheap, never throws, and does nothing unless overridden. */
public interface FenceEvents {
    FenceEvents NONE = new FenceEvents() {};

    /** What may happen to a request. */
    enum Event {
        /** It failed, and is made once more. */
        REPEATED,
        /** It took too long, and nobody waits for it any more. */
        LATE,
        /** It was not sent: as many as may be wait for their turn. */
        REFUSED,
        /** It was not sent: the breaker is open. */
        SPARED
    }

    /** Whether requests are let through. */
    enum Breaker {
        CLOSED,
        /** Some are, to see whether the server is back. */
        HALF_OPEN,
        OPEN
    }

    default void happened(Event event) {}

    default void breaker(Breaker state) {}
}
