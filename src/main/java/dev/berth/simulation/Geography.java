package dev.berth.simulation;

import java.util.Locale;

/** Where DPS instances are; they are numbered around the world, one here, one there. */
public enum Geography {
    AMERICAS,
    EUROPE;

    /** Where the instance of that number is. */
    static Geography of(int instance) {
        return values()[instance % values().length];
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
