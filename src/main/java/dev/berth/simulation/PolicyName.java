package dev.berth.simulation;

import java.util.Locale;

/** Ways to bring a fleet to its DPS instances: Berth's, and others beside it. */
public enum PolicyName {
    BERTH("slots, given by Berth"),
    JITTER("devices alone, Microsoft's formula: on 429 wait 1 s and up to N / rate, at random"),
    FULL_JITTER("devices alone, exponential backoff with full jitter"),
    LEAST_LOADED("a broker names the emptiest instance, and not when"),
    FIXED_WINDOW("a front end counts each instance's registrations a minute, and refuses the rest");

    private final String description;

    PolicyName(String description) {
        this.description = description;
    }

    /** What it does, in a line. */
    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
