package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Why a new device was given its instance: how the instances it was chosen among stood then. It is kept with the device, so it is small.
 *
 * @param at when it was chosen, in whole milliseconds
 * @param rule what decided
 * @param instances how many the pool had
 * @param open how many of them were neither full nor out of reach
 * @param contenders the best of these in the order in which they were tried, the chosen one among them
 */
public record Choice(Instant at, Rule rule, int instances, int open, List<Contender> contenders) {
    public static final int CONTENDERS_MAX = 3;

    public Choice {
        contenders = List.copyOf(contenders);
        if (contenders.isEmpty() || contenders.size() > CONTENDERS_MAX) {
            throw new IllegalArgumentException("a choice has 1 to " + CONTENDERS_MAX + " contenders");
        }
    }

    /** See {@link InstanceSelector}. */
    public enum Rule {
        /** The emptiest of those whose slot opened soon. */
        EMPTIEST,
        /** None opened soon, so the earliest. */
        EARLIEST
    }

    /**
     * An instance as it stood.
     *
     * @param instance its name
     * @param used registrations made or promised
     * @param opensIn how long until its next slot, in whole milliseconds
     */
    public record Contender(String instance, long used, long registrationsMax, int weight, Duration opensIn) {

        /** How full it was, between 0 and 1. */
        public double shareUsed() {
            return (double) used / Math.max(1, registrationsMax);
        }

        /** The same in relation to its weight: what was compared. */
        public double weightedShareUsed() {
            return shareUsed() / weight;
        }
    }
}
