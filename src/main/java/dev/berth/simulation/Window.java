package dev.berth.simulation;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** The kinds of window that a DPS instance may count by. */
public enum Window {
    SLIDING,
    FIXED,
    BUCKET;

    /** A window of this kind, of which nobody knows when its minute begins. */
    DpsWindow open(RandomGenerator random) {
        return switch (this) {
            case SLIDING -> new DpsWindow.Sliding();
            case FIXED -> new DpsWindow.Fixed(random.nextLong(DpsWindow.MINUTE_NANOS));
            case BUCKET -> new DpsWindow.Bucket();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
