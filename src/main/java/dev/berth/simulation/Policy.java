package dev.berth.simulation;

/** How a fleet is brought to its DPS instances; a device asks it what to do next. */
interface Policy {
    /** The device is there: for the first time, or because an earlier move told it to ask. */
    Move ask(int device);

    /** Its request at {@code instance} was throttled, or did not get through. */
    Move failed(int device, int instance);

    /** {@code instance} assigned it. */
    default void registered(int device, int instance) {}

    /** Whether {@link #ask} is a call over the network. */
    boolean asksSomebody();
}
