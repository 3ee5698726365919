package dev.berth.loadtest;

import java.util.Locale;

/**
 * A figure, and what it should be. To miss it fails nothing.
 *
 * @param bound what it should be at most or at least
 */
record Goal(String name, double figure, boolean atMost, double bound, String unit) {
    static Goal atMost(double bound, String name, double figure, String unit) {
        return new Goal(name, figure, true, bound, unit);
    }

    static Goal atLeast(double bound, String name, double figure, String unit) {
        return new Goal(name, figure, false, bound, unit);
    }

    boolean met() {
        return atMost ? figure <= bound : figure >= bound;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "  %-6s %-44s %10s %-12s goal: %s %s",
                met() ? "met" : "MISSED",
                name,
                number(figure),
                unit,
                atMost ? "at most" : "at least",
                number(bound));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
