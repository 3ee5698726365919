package dev.berth.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An axis of a chart from 0 to {@code end}: where its ticks are, and what is written at them. */
record Axis(double end, double unit, String name) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final double MINUTE = 60;
    private static final double HOUR = 3_600;

    /** Time, in the unit that gives small numbers. */
    static Axis ofSeconds(double seconds) {
        double end = Math.max(1, seconds);
        if (end <= 5 * MINUTE) {
            return new Axis(end, 1, "seconds");
        }
        return end <= 5 * HOUR ? new Axis(end, MINUTE, "minutes") : new Axis(end, HOUR, "hours");
    }

    /** A number of things, with some room above the largest. */
    static Axis upTo(double largest) {
        return new Axis(Math.max(1, largest) * 1.05, 1, "");
    }

    /** Round numbers, about {@code count} of them. */
    List<Double> ticks(int count) {
        double step = step(count);
        var ticks = new ArrayList<Double>();
        for (int i = 0; i * step <= end * 1.0001; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    String label(double tick) {
        double value = tick / unit;
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.1f", value);
    }

    private double step(int count) {
        double raw = end / unit / count;
        double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * magnitude >= raw * 0.999) {
                return Math.max(step * magnitude, 1e-9) * unit;
            }
        }
        return 10 * magnitude * unit;
    }
}
