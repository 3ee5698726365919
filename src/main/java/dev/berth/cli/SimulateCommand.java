package dev.berth.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.simulation.Chart;
import dev.berth.simulation.PolicyName;
import dev.berth.simulation.Report;
import dev.berth.simulation.Simulation;
import dev.berth.simulation.SimulationPlan;
import dev.berth.simulation.SimulationResult;
import dev.berth.simulation.Sizing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth simulate}: what a fleet would do. */
@Command(
        name = "simulate",
        sortOptions = false,
        description = {
            "Shows what a fleet would do, in minutes instead of hours: the scheduler and service of many replicas on a virtual clock,",
            "against a model of DPS. The same seed gives the same events. Exit code 1 when a promise was broken; the message has the seed."
        },
        footer = {
            "",
            "Examples:",
            "  berth simulate --devices 1000000 --instances 10 --replicas 16 --shape blackout --lost 0.05 --chart fleet.svg",
            "  berth simulate --devices 1000000 --target 1h           how many instances and subscriptions that takes",
            "  berth simulate --devices 100000 --compare              beside ways to do without Berth",
            "  berth simulate --devices 100000 --disturb pause@2m/1m --disturb join@5m --chart fleet.svg"
        })
final class SimulateCommand implements Callable<Integer> {
    /** Tries of one instance more, when a target that the ideal meets is missed by what is lost at the seams. */
    private static final int MORE_INSTANCES_MAX = 5;

    @Spec
    private CommandSpec command;

    @Mixin
    private SimulateOptions options;

    @Override
    public Integer call() throws Exception {
        SimulationPlan plan = plan();
        PrintWriter out = out();
        if (options.target != null) {
            out.println(Sizing.sentence(plan, options.target));
        }
        out.println(new Report(plan).heading());
        out.println();
        out.print(new Report(plan).columns());
        out.flush();
        List<SimulationResult> results = run(plan);
        out.print(new Report(plan).tenants(results));
        out.print(new Report(plan).footing(results));
        out.flush();
        write(results);
        return 0;
    }

    private List<SimulationResult> run(SimulationPlan plan) throws IOException {
        var results = new ArrayList<SimulationResult>();
        for (PolicyName policy : options.compare ? List.of(PolicyName.values()) : List.of(options.policy)) {
            results.add(runOnce(plan.by(policy)));
            if (results.size() == 1 && options.target != null && options.instances == null) {
                meetTarget(plan.by(policy), options.target, results);
            }
        }
        return results;
    }

    /** A target that was computed is also met: with another instance, if need be. */
    private void meetTarget(SimulationPlan plan, Duration target, List<SimulationResult> results) throws IOException {
        SimulationPlan larger = plan;
        for (int i = 0; i < MORE_INSTANCES_MAX && isMissed(target, results.getLast()); i++) {
            larger = larger.on(larger.instances() + 1);
            out().printf("  not within the target; with %,d instances:%n", larger.instances());
            results.set(0, runOnce(larger));
        }
    }

    private static boolean isMissed(Duration target, SimulationResult result) {
        return result.makespanSeconds() > target.toNanos() / 1e9;
    }

    private SimulationResult runOnce(SimulationPlan plan) throws IOException {
        var simulation = new Simulation(plan);
        SimulationResult result = simulation.run(System::nanoTime);
        out().print(new Report(plan).row(result));
        out().flush();
        if (options.chart != null && plan.policy() == options.policy) {
            Files.writeString(options.chart, new Chart(plan, result, simulation.course()).svg());
        }
        return result;
    }

    private void write(List<SimulationResult> results) throws IOException {
        if (options.json != null) {
            var writer = new JsonMapper().writerWithDefaultPrettyPrinter();
            writer.writeValue(options.json.toFile(), options.compare ? Map.of("results", results) : results.getFirst());
        }
    }

    private SimulationPlan plan() {
        try {
            return options.plan();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
