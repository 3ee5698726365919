package dev.berth.emulator.enrollment;

/** How an enrollment's devices are spread over its hubs. */
public enum AllocationPolicy {
    HASHED,
    /** Needs a place on earth, which loopback has not: behaves like {@link #HASHED}. */
    GEO_LATENCY,
    /** The first of the enrollment's hubs. */
    STATIC
}
