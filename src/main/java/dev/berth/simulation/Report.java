package dev.berth.simulation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as a table for a console: a line for each policy. */
public final class Report {
    private static final String ROW = "  %-13s %12s %9s %8s %12s %16s %14s %14s %9s %7s %8s%n";

    private static final String TENANT = "  %-13s %12s %9s %8s %14s %14s %14s%n";

    private final SimulationPlan plan;

    public Report(SimulationPlan plan) {
        this.plan = plan;
    }

    /** What is simulated, in a line. */
    public String heading() {
        return String.format(
                Locale.ROOT,
                "%,d devices (%s, %.4g %% lost), %,d %s of %,d a minute, %,d replicas, %s, %s window, seed %d%s",
                plan.devices(),
                plan.shape(),
                100 * plan.lostShare(),
                plan.instances(),
                plan.instances() == 1 ? "instance" : "instances",
                plan.limitPerMinute(),
                plan.replicas(),
                plan.spread(),
                plan.window(),
                plan.seed(),
                disturbances());
    }

    private String disturbances() {
        int count = plan.hardship().disturbances().size();
        return count == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d %s", count, count == 1 ? "disturbance" : "disturbances");
    }

    public String columns() {
        return ROW.formatted(
                "policy",
                "makespan",
                "of ideal",
                "used",
                "429s",
                "worst minute",
                "wait p50",
                "wait p99",
                "calls",
                "Jain",
                "writes");
    }

    public String row(SimulationResult result) {
        return String.format(
                Locale.ROOT,
                ROW,
                result.policy(),
                Durations.text(result.makespanSeconds()),
                "%.3f x".formatted(result.makespanSeconds() / result.idealSeconds()),
                "%.1f %%".formatted(100 * result.budgetUse()),
                "%,d".formatted(result.throttled()),
                "%,d of %,d".formatted(result.worstWindow(), result.limitPerMinute()),
                Durations.text(result.waitSeconds().p50()),
                Durations.text(result.waitSeconds().p99()),
                "%.2f".formatted(result.callsPerDevice()),
                "%.4f".formatted(result.jain()),
                "%.3f".formatted(result.storeWritesPerRegistration()));
    }

    /** How each tenant fared by Berth's hand; nothing if there is only one. */
    public String tenants(List<SimulationResult> results) {
        return results.stream()
                .filter(result -> result.tenants().size() > 1)
                .filter(result -> result.policy().equals(PolicyName.BERTH.toString()))
                .map(Report::tenants)
                .collect(Collectors.joining());
    }

    private static String tenants(SimulationResult result) {
        long told = result.tenants().stream()
                .mapToLong(TenantResult::toldWhileAllWaited)
                .sum();
        return "\n"
                + TENANT.formatted("tenant", "devices", "weight", "share", "wait p50", "wait p99", "wait max")
                + result.tenants().stream().map(tenant -> tenant(tenant, told)).collect(Collectors.joining())
                + "\n  share    of the slots that new devices were told while some of all tenants waited\n";
    }

    private static String tenant(TenantResult tenant, long toldToAll) {
        return String.format(
                Locale.ROOT,
                TENANT,
                tenant.name(),
                "%,d".formatted(tenant.devices()),
                "%,d".formatted(tenant.weight()),
                toldToAll == 0 ? "-" : "%.1f %%".formatted(100.0 * tenant.toldWhileAllWaited() / toldToAll),
                Durations.text(tenant.waitSeconds().p50()),
                Durations.text(tenant.waitSeconds().p99()),
                Durations.text(tenant.waitSeconds().max()));
    }

    /** What the columns are measured against. */
    public String footing(List<SimulationResult> results) {
        var first = results.getFirst();
        return """

                  ideal    %s: no slot lost; %s at the nominal limit
                  used     registrations, of those that the paced timelines offered meanwhile
                  calls    asks and register requests of a device; writes: of ledgers and queues, for each registration
                  took     %s
                """.formatted(
                        Durations.text(first.idealSeconds()),
                        Durations.text(first.nominalSeconds()),
                        results.stream()
                                .map(result -> "%s %.1f s".formatted(result.policy(), result.wallSeconds()))
                                .collect(Collectors.joining(", ")));
    }
}
