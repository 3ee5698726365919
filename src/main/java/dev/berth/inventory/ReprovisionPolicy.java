package dev.berth.inventory;

/** What becomes of a device that registers again. */
public enum ReprovisionPolicy {
    /** The hub is chosen anew; if it changes, the device's twin moves along. */
    MIGRATE,
    /** The hub is chosen anew; the twin starts from the enrollment's. */
    RESET,
    /** It stays at its hub. */
    NEVER
}
