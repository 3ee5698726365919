package dev.berth.inventory;

/** How a DPS instance chooses among its hubs. */
public enum AllocationPolicy {
    /** By a hash of the device, weighted. */
    HASHED,
    /** The hub with the lowest latency to the device. */
    GEO_LATENCY,
    /** The one hub that the enrollment names. */
    STATIC,
    /** A webhook decides; found at DPS, but not to be set here. */
    CUSTOM
}
