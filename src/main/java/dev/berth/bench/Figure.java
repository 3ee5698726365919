package dev.berth.bench;

import org.jspecify.annotations.Nullable;

/**
 * One measured number and the goal it is held to. The component names are the JSON's.
 *
 * @param goal the least, or the most, that {@code value} may be
 * @param peer what else was measured in the same sitting, with its value and {@code value / peerValue}
 */
public record Figure(
        String name,
        double value,
        String unit,
        double goal,
        boolean met,
        @Nullable String peer,
        @Nullable Double peerValue,
        @Nullable Double ratio) {

    public static Figure atLeast(double goal, String name, double value, String unit) {
        return new Figure(name, value, unit, goal, value >= goal, null, null, null);
    }

    public static Figure atMost(double goal, String name, double value, String unit) {
        return new Figure(name, value, unit, goal, value <= goal, null, null, null);
    }

    /** The same beside a peer. */
    public Figure against(String peerName, double value) {
        return new Figure(name, this.value, unit, goal, met, peerName, value, this.value / value);
    }
}
