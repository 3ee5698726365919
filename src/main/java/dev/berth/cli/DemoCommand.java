package dev.berth.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.sandbox.Demo;
import dev.berth.sandbox.DemoPlan;
import dev.berth.sandbox.DemoResult;
import dev.berth.sandbox.Progress;
import dev.berth.sandbox.Sandbox;
import dev.berth.sandbox.SandboxPlan;
import dev.berth.sandbox.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth demo}: a fleet boots through Berth against emulated DPS instances. */
@Command(
        name = "demo",
        description = {
            "Boots a fleet on this machine: each device asks Berth over a TLS connection of its own, sleeps as it is"
                    + " told,",
            "and registers at an emulated DPS instance, some with the official SDK. No cloud account, no network.",
            "Ends with a table of what the emulator counted; exit code 1 when a promise was broken."
        },
        footer = {
            "",
            "Examples:",
            "  berth demo                                    the real quotas, about 75 s",
            "  berth demo --unscheduled                      the same fleet without Berth",
            "  berth demo --devices 600 --limit 6000 --exit  a few seconds",
            "  berth demo --store cosmos --replicas 3        the same through three processes that share a store",
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "3500",
            description = "how many devices boot at once (default: ${DEFAULT-VALUE})")
    private int devices;

    @Mixin
    private InstanceOptions instances;

    @Mixin
    private StoreOptions store;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "decides the devices' names and order (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--unscheduled", description = "devices go to DPS all at once and by themselves, without Berth")
    private boolean unscheduled;

    @Option(names = "--json", paramLabel = "FILE", description = "write what was measured to this file")
    private @Nullable Path json;

    @Option(names = "--exit", description = "end after the table; else service and emulator stay up to be tried out")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        DemoPlan plan = plan();
        SandboxPlan sandboxPlan = sandboxPlan();
        var out = command.commandLine().getOut();
        out.printf(
                "%,d devices boot at once %s; %,d DPS instances take %,d registrations a minute each%n",
                plan.devices(),
                unscheduled ? "without Berth" : "through Berth",
                plan.instances(),
                plan.limitPerMinute());
        out.flush();
        var scratch = ScratchDirectory.create("berth-demo");
        var sandbox = Sandbox.start(scratch.path(), sandboxPlan);
        scratch.isUsedBy(sandbox);
        DemoResult result = new Demo(plan, sandbox, out, Progress.onConsole(out)).run();
        write(result);
        if (!exit) {
            out.printf("%n%s%nEverything stays up until Ctrl-C.%n", sandbox.tryOut());
            out.flush();
            sandbox.awaitEnd();
        }
        return unscheduled || result.brokenPromises().isEmpty() ? 0 : 1;
    }

    private DemoPlan plan() {
        return sane(() -> new DemoPlan(devices, instances.count, instances.limitPerMinute, seed, unscheduled));
    }

    private SandboxPlan sandboxPlan() {
        return sane(() -> new SandboxPlan(instances.count, instances.limitPerMinute, store.kind, store.replicas));
    }

    private <T> T sane(Supplier<T> plan) {
        try {
            return plan.get();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private void write(DemoResult result) throws IOException {
        if (json != null) {
            new JsonMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
        }
    }
}
