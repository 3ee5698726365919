package dev.berth.cli;

import dev.berth.inventory.Limits;
import dev.berth.simulation.PolicyName;
import dev.berth.simulation.Shape;
import dev.berth.simulation.SimulationPlan;
import dev.berth.simulation.Sizing;
import dev.berth.simulation.Spread;
import dev.berth.simulation.Window;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code berth simulate} is asked for. */
final class SimulateOptions {
    private static final int INSTANCES = 10;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "100000",
            description = "how many devices come (default: ${DEFAULT-VALUE})")
    private int devices;

    @Option(
            names = "--instances",
            paramLabel = "K",
            description = "DPS instances (default: 10, or as many as --target needs)")
    @Nullable Integer instances;

    @Option(
            names = "--replicas",
            paramLabel = "R",
            defaultValue = "16",
            description = "replicas of Berth (default: ${DEFAULT-VALUE})")
    private int replicas;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            defaultValue = "blackout",
            description = {
                "how devices come (default: ${DEFAULT-VALUE}):",
                "blackout       all new, all at once",
                "reassigned     all told an instance before, all at once",
                "black-friday   new ones, ever more of them",
                "update-wave    registered ones, in rings of 1, 9, 30 and 60 %%",
                "poisson        new ones, each by itself"
            })
    private Shape shape;

    @Option(
            names = "--lost",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "share of devices that are told a slot and never come, 0 to 1 (default: ${DEFAULT-VALUE})")
    private double lost;

    @Option(
            names = "--spread",
            paramLabel = "SPREAD",
            defaultValue = "direct",
            description = "who registers: direct, the device (arrival spread 1.2 s); proxy, Berth (0.3 s)")
    private Spread spread;

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            defaultValue = "sliding",
            description = "how DPS counts its minute: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Window window;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            defaultValue = "berth",
            description = {
                "how devices are brought to DPS (default: ${DEFAULT-VALUE}):",
                "berth          told a slot",
                "jitter         alone, with Microsoft's jitter after each 429",
                "full-jitter    alone, with exponential backoff and full jitter",
                "least-loaded   told the emptiest instance, and not when",
                "fixed-window   let through by a count for each minute"
            })
    PolicyName policy;

    @Option(names = "--compare", description = "run all policies, one after the other")
    boolean compare;

    @Option(
            names = "--target",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "say how many instances and subscriptions it takes to be done within, for example, 45m or 2h")
    @Nullable Duration target;

    @Option(
            names = "--over",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "within which all have come (default: 5 s at most for blackout and reassigned, else 0.9 of the ideal)")
    private @Nullable Duration over;

    @Option(
            names = "--limit",
            paramLabel = "PER_MINUTE",
            defaultValue = "1000",
            description = "registrations a minute that each instance takes (default: ${DEFAULT-VALUE}, the real quota)")
    private int limitPerMinute;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "decides everything that is left to chance (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "write what was measured to this file")
    @Nullable Path json;

    @Option(names = "--chart", paramLabel = "FILE.svg", description = "draw how it went into this file")
    @Nullable Path chart;

    @Mixin
    private TenantOptions tenants;

    @Mixin
    private DisturbOptions disturb;

    /** @throws IllegalArgumentException with a sentence for the user */
    SimulationPlan plan() {
        if (!disturb.isEmpty() && (compare || policy != PolicyName.BERTH)) {
            throw new IllegalArgumentException("--disturb is for --policy berth alone");
        }
        SimulationPlan plan = on(instances == null ? INSTANCES : instances);
        if (target != null && instances == null) {
            plan = plan.on(Sizing.instancesFor(plan, target));
        }
        @Nullable String shortage = plan.shortage();
        if (shortage != null) {
            throw new IllegalArgumentException(shortage);
        }
        return plan;
    }

    private SimulationPlan on(int count) {
        return new SimulationPlan(
                devices,
                count,
                replicas,
                shape,
                lost,
                spread,
                window,
                policy,
                seed,
                limitPerMinute,
                Limits.DPS.registrationsMax(),
                over,
                tenants.tenancies(),
                disturb.hardship(count, replicas));
    }
}
