package dev.berth.explanation;

/** What the device would be told if it asked now. */
public enum NextAnswer {
    /** The slot it was told already. */
    SAME_SLOT,
    /** A slot, perhaps its first. */
    FRESH_SLOT,
    /** Its hub. */
    CONNECT,
    QUEUED,
    /** It used up the fresh slots that one device may have. */
    ASKED_TOO_OFTEN,
    POOL_EMPTY,
    POOL_FULL,
    POOL_UNAVAILABLE
}
