package dev.berth.sandbox;

import java.util.List;
import java.util.stream.Collectors;

/** Tells people what a demo showed. */
final class DemoReport {
    private static final String ROW = "  %-12s %-14s %9s %14s %7s %8s %7s%n";

    private DemoReport() {}

    static String of(DemoPlan plan, DemoResult result) {
        return table(result) + summary(result) + (plan.unscheduled() ? beside(result) : verdict(result));
    }

    private static String table(DemoResult result) {
        String head = ROW.formatted("instance", "ID scope", "devices", "worst minute", "limit", "used", "429s");
        return "%n".formatted()
                + head
                + result.instances().stream().map(DemoReport::row).collect(Collectors.joining());
    }

    private static String row(DemoResult.Instance instance) {
        return ROW.formatted(
                instance.name(),
                instance.idScope(),
                "%,d".formatted(instance.registrations()),
                "%,d".formatted(instance.worstSlidingMinute()),
                "%,d".formatted(instance.limitPerMinute()),
                "%.1f %%".formatted(100 * instance.use()),
                "%,d".formatted(instance.throttled()));
    }

    private static String summary(DemoResult result) {
        return """

                  registered   %,d of %,d devices, up to %,d of them with the official SDK; %,d failed
                  elapsed      %.1f s; ideal is %.1f s, every slot of every instance used (%.2f x)
                """.formatted(
                        result.registered(),
                        result.devices(),
                        result.sdkDevices(),
                        result.failed(),
                        result.elapsedSeconds(),
                        result.idealSeconds(),
                        result.elapsedSeconds() / result.idealSeconds());
    }

    private static String verdict(DemoResult result) {
        List<String> broken = result.brokenPromises();
        return broken.isEmpty()
                ? "%n  KEPT: every device registered at its first try, no instance saw more than its limit, none answered 429.%n"
                        .formatted()
                : broken.stream().map("  BROKEN: %s%n"::formatted).collect(Collectors.joining("", "\n", ""));
    }

    private static String beside(DemoResult result) {
        return """

                                     without Berth      with Berth (the same options without --unscheduled)
                  answered 429       %13s                  0
                  failed             %13s                  0
                  elapsed            %11.1f s       %9.1f s when no slot is lost
                """.formatted(
                        "%,d".formatted(result.throttled()),
                        "%,d".formatted(result.failed()),
                        result.elapsedSeconds(),
                        result.idealSeconds());
    }
}
