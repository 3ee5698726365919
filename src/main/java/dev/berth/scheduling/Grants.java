package dev.berth.scheduling;

/** Capacity for new devices that a replica took from a ledger in one epoch of it, and has not used. */
record Grants(int count, long epoch) {
    static final Grants NONE = new Grants(0, 0);

    /** How many of them hold in {@code now}: none of an older epoch, which are the count's to find. */
    int in(long now) {
        return epoch == now ? count : 0;
    }
}
