package dev.berth.simulation;

import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** One plot of a chart: a heading, axes, and lines over time. */
final class Panel {
    private static final int LEFT = 84;
    private static final int RIGHT = 932;
    private static final int TIME_TICKS = 10;
    private static final int VALUE_TICKS = 4;
    private static final int POINTS = 240;
    private static final int SWATCH = 28;
    private static final int GAP = 22;
    private static final double MARK_TOP = 56;
    private static final double MARK_HEIGHT = 13;

    /** A guess, since an SVG does not know its reader's font. */
    private static final double LETTER = 5.7;

    private final StringBuilder svg;
    private final int top;
    private final int bottom;
    private final Axis time;
    private final Axis values;

    Panel(StringBuilder svg, int top, int bottom, Axis time, Axis values) {
        this.svg = svg;
        this.top = top;
        this.bottom = bottom;
        this.time = time;
        this.values = values;
    }

    /** Heading, grid and numbers; lines go on top of them. */
    Panel frame(String heading) {
        text(LEFT, top - 14, "heading", "start", heading);
        for (double tick : values.ticks(VALUE_TICKS)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                    LEFT,
                    RIGHT,
                    y(tick),
                    y(tick)));
            text(LEFT - 8, y(tick) + 4, "tick", "end", values.label(tick));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n",
                LEFT,
                RIGHT,
                bottom,
                bottom));
        for (double tick : time.ticks(TIME_TICKS)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                    x(tick),
                    x(tick),
                    bottom,
                    bottom + 4));
            text(x(tick), bottom + 18, "tick", "middle", time.label(tick));
        }
        return this;
    }

    /** Names lines of the given styles, right of the heading. */
    Panel legend(Map<String, String> namesOfStyles) {
        double at = RIGHT;
        for (var entry : namesOfStyles.entrySet()) {
            at -= SWATCH + GAP + LETTER * entry.getValue().length();
        }
        for (var entry : namesOfStyles.entrySet()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"%s\" x1=\"%.0f\" x2=\"%.0f\" y1=\"%d\" y2=\"%d\"/>%n",
                    entry.getKey(),
                    at + GAP,
                    at + GAP + SWATCH - 6,
                    top - 18,
                    top - 18));
            text(at + GAP + SWATCH, top - 14, "legend", "start", entry.getValue());
            at += SWATCH + GAP + LETTER * entry.getValue().length();
        }
        return this;
    }

    /** Something that happened at a second; its words stand below those of the {@code row} others before it. */
    Panel mark(double second, int row, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                x(second),
                x(second),
                top,
                bottom));
        boolean right = second < time.end() * 3 / 4;
        text(x(second) + (right ? 4 : -4), top + MARK_TOP + MARK_HEIGHT * row, "mark", right ? "start" : "end", words);
        return this;
    }

    /** {@code value} of a second, drawn from the first to the last. */
    Panel line(String style, DoubleUnaryOperator value) {
        svg.append("<polyline class=\"").append(style).append("\" points=\"");
        points(value, 0, 1);
        svg.append("\"/>\n");
        return this;
    }

    /** The area between two lines. */
    Panel band(String style, DoubleUnaryOperator low, DoubleUnaryOperator high) {
        svg.append("<polygon class=\"").append(style).append("\" points=\"");
        points(low, 0, 1);
        points(high, POINTS, -1);
        svg.append("\"/>\n");
        return this;
    }

    private void points(DoubleUnaryOperator value, int from, int step) {
        for (int i = from; i >= 0 && i <= POINTS; i += step) {
            double second = time.end() * i / POINTS;
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(second), y(value.applyAsDouble(second))));
        }
    }

    private double x(double second) {
        return LEFT + (RIGHT - LEFT) * second / time.end();
    }

    private double y(double value) {
        return bottom - (bottom - top) * Math.min(1, value / values.end());
    }

    private void text(double x, double y, String style, String anchor, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                style,
                anchor,
                x,
                y,
                words));
    }
}
