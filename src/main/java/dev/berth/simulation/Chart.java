package dev.berth.simulation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A simulation as a picture: who came and was served, who waited, and what each instance saw against its limit. */
public final class Chart {
    private static final int MINUTE_SECONDS = 60;

    /** With more instances than this a line of each would be a smear; then a band from the least to the most. */
    private static final int LINES_MAX = 12;

    /** Words of disturbances stand below each other, in so many rows. */
    private static final int MARK_ROWS = 6;

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 {height}" role="img" aria-labelledby="t d">
            <title id="t">{title}</title>
            <desc id="d">{told}</desc>
            <style>
            text { font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: #1f2328; font-size: 12px; }
            .title { font-size: 18px; font-weight: 600; }
            .subtitle, .tick { fill: #59636e; }
            .subtitle { font-size: 13px; }
            .heading { font-size: 13px; font-weight: 600; }
            .grid { stroke: #eaeef2; stroke-width: 1; }
            .axis { stroke: #8b949e; stroke-width: 1; }
            polyline { fill: none; stroke-linejoin: round; }
            .asked { stroke: #c3cad2; stroke-width: 5; }
            .told { stroke: #0b5cad; stroke-width: 2; }
            .registered { stroke: #1a7f37; stroke-width: 2; }
            .queued { stroke: #b35900; stroke-width: 2; }
            .asleep { stroke: #7048b6; stroke-width: 2; }
            .mark { stroke: #8b949e; stroke-width: 1; stroke-dasharray: 2 3; }
            text.mark { stroke: none; fill: #59636e; font-size: 11px; }
            .limit { stroke: #c62828; stroke-width: 1.5; stroke-dasharray: 6 4; }
            .instance { stroke: #1a7f37; stroke-width: 1.2; opacity: 0.55; }
            .range { stroke: #1a7f37; stroke-width: 8; opacity: 0.3; }
            polygon.range { fill: #1a7f37; stroke: none; }
            </style>
            <rect width="960" height="{height}" fill="#ffffff"/>
            """;
    private static final int HEIGHT = 770;

    private final SimulationPlan plan;
    private final SimulationResult result;
    private final Course course;
    private final Axis time;
    private final long[] asked;
    private final long[] told;
    private final long[] registered;
    private final StringBuilder svg = new StringBuilder();

    public Chart(SimulationPlan plan, SimulationResult result, Course course) {
        this.plan = plan;
        this.result = result;
        this.course = course;
        this.time = Axis.ofSeconds(course.seconds());
        this.asked = sums(second -> course.asked(second, second + 1));
        this.told = sums(second -> course.told(second, second + 1));
        this.registered = sums(second -> IntStream.range(0, course.instances())
                .mapToLong(i -> course.registered(i, second, second + 1))
                .sum());
    }

    /** The picture as an SVG document. */
    public String svg() {
        String title = "%,d devices, %s, by %s".formatted(plan.devices(), plan.shape(), plan.policy());
        String told =
                "%,d instances of %,d a minute, %,d replicas, %.0f %% lost, seed %d. Makespan %s, ideal %s; %,d answers of 429."
                        .formatted(
                                plan.instances(),
                                plan.limitPerMinute(),
                                plan.replicas(),
                                100 * plan.lostShare(),
                                plan.seed(),
                                Durations.text(result.makespanSeconds()),
                                Durations.text(result.idealSeconds()),
                                result.throttled());
        svg.append(HEAD.replace("{height}", Integer.toString(HEIGHT))
                .replace("{title}", title)
                .replace("{told}", told));
        svg.append("<text class=\"title\" x=\"24\" y=\"34\">%s</text>%n".formatted(title));
        svg.append("<text class=\"subtitle\" x=\"24\" y=\"56\">%s</text>%n".formatted(told));
        devices();
        waiting();
        rates();
        svg.append(
                "<text class=\"tick\" text-anchor=\"middle\" x=\"508\" y=\"%d\">%s since the first ask</text>%n</svg>%n"
                        .formatted(HEIGHT - 12, time.name()));
        return svg.toString();
    }

    private void devices() {
        new Panel(svg, 110, 270, time, Axis.upTo(plan.devices()))
                .frame("devices so far")
                .legend(names("asked", "asked", "told", "told a slot", "registered", "registered"))
                .line("asked", at(asked))
                .line("told", at(told))
                .line("registered", at(registered));
    }

    private void waiting() {
        DoubleUnaryOperator queued = second -> value(asked, second) - value(told, second);
        DoubleUnaryOperator asleep =
                second -> Math.max(0, value(told, second) * (1 - plan.lostShare()) - value(registered, second));
        double most = IntStream.range(0, asked.length)
                .mapToDouble(second -> Math.max(queued.applyAsDouble(second), asleep.applyAsDouble(second)))
                .max()
                .orElse(1);
        new Panel(svg, 340, 480, time, Axis.upTo(most))
                .frame("devices waiting")
                .legend(names("queued", "without a slot yet", "asleep", "asleep until their slot"))
                .line("queued", queued)
                .line("asleep", asleep);
    }

    private void rates() {
        double most = Math.max(
                plan.limitPerMinute(),
                IntStream.range(0, asked.length)
                        .mapToDouble(this::highest)
                        .max()
                        .orElse(1));
        var panel = new Panel(svg, 550, 710, time, Axis.upTo(most)).frame("registrations in the last 60 s");
        if (course.instances() <= LINES_MAX) {
            panel.legend(names("instance", "each instance", "limit", "limit of an instance"));
            IntStream.range(0, course.instances())
                    .forEach(i -> panel.line("instance", second -> lastMinute(i, second)));
        } else {
            String range = "least to most of %,d instances".formatted(course.instances());
            panel.legend(names("range", range, "registered", "mean", "limit", "limit of an instance"));
            panel.band("range", this::lowest, this::highest).line("registered", this::mean);
        }
        panel.line("limit", second -> plan.limitPerMinute());
        disturbances(panel);
    }

    /** Each where it began, if it did before all was over. */
    private void disturbances(Panel panel) {
        int row = 0;
        for (Disturbance disturbance : plan.hardship().disturbances()) {
            double second = disturbance.at().toNanos() / 1e9;
            if (second < time.end()) {
                panel.mark(second, row++ % MARK_ROWS, disturbance.words());
            }
        }
    }

    private double lowest(double second) {
        return each(second).min().orElse(0);
    }

    private double highest(double second) {
        return each(second).max().orElse(0);
    }

    private double mean(double second) {
        return each(second).average().orElse(0);
    }

    private LongStream each(double second) {
        return IntStream.range(0, course.instances()).mapToLong(i -> lastMinute(i, second));
    }

    private long lastMinute(int instance, double second) {
        int end = (int) second;
        return course.registered(instance, end - MINUTE_SECONDS, end);
    }

    private long[] sums(IntToLongFunction ofSecond) {
        var sums = new long[course.seconds() + 1];
        for (int second = 1; second < sums.length; second++) {
            sums[second] = ofSecond.applyAsLong(second - 1);
        }
        Arrays.parallelPrefix(sums, Long::sum);
        return sums;
    }

    private static DoubleUnaryOperator at(long[] sums) {
        return second -> value(sums, second);
    }

    /** Styles and their names, in turn; kept in this order. */
    private static Map<String, String> names(String... stylesAndNames) {
        var names = new LinkedHashMap<String, String>();
        for (int i = 0; i < stylesAndNames.length; i += 2) {
            names.put(stylesAndNames[i], stylesAndNames[i + 1]);
        }
        return names;
    }

    private static double value(long[] sums, double second) {
        return sums[Math.clamp((long) second, 0, sums.length - 1)];
    }
}
