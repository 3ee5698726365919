package dev.berth.dps;

import java.util.Map;

/** Undoes the client's reading of every number as a double, so that 1 does not come back to DPS as 1.0. */
final class WholeNumbers {
    /** Beyond this a double no longer tells whole numbers apart. */
    private static final double EXACT_MAX = 1L << 53;

    private WholeNumbers() {}

    @SuppressWarnings("unchecked") // the client's twin collections nest as maps of strings to objects
    static void restore(Map<String, Object> values) {
        for (var entry : values.entrySet()) {
            switch (entry.getValue()) {
                case Double number
                when number == Math.rint(number) && Math.abs(number) < EXACT_MAX -> entry.setValue(number.longValue());
                case Map<?, ?> nested -> restore((Map<String, Object>) nested);
                case null, default -> {}
            }
        }
    }
}
