package dev.berth.scheduling;

/**
 * How one queue stands.
 *
 * @param slotsPerSecond what its instances have together
 * @param share its part of that, between 0 and 1; see {@link InstanceShares}
 * @param others how many more queues wait at these instances
 */
public record QueueOutlook(QueueState state, double slotsPerSecond, double share, int others) {

    /** How fast it moves. */
    public double admittedPerSecond() {
        return slotsPerSecond * share;
    }
}
