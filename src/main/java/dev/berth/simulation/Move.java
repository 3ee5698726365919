package dev.berth.simulation;

/** What a device does next; times in nanoseconds of the simulation. */
sealed interface Move {
    /** It was told {@code slot} of an instance, and DPS sees its request at {@code arrivesAt}. */
    record Register(int instance, long slot, long arrivesAt) implements Move {}

    /** It asks, again, at {@code at}. */
    record Ask(long at) implements Move {}

    /** It will not be provisioned. */
    record GiveUp() implements Move {}
}
