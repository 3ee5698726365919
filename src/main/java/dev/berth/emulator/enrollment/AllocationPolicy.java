package dev.berth.emulator.enrollment;

/** How an enrollment's devices are spread over its hubs. */
public enum AllocationPolicy {
    HASHED,
    /** The hub that is nearest to the device. */
    GEO_LATENCY,
    /** The first of the enrollment's hubs. */
    STATIC,
    /** A webhook of the enrollment's decides. */
    CUSTOM
}
