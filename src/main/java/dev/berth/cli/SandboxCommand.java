package dev.berth.cli;

import dev.berth.sandbox.Sandbox;
import dev.berth.sandbox.SandboxPlan;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth sandbox}: service and emulator on this machine, set up and waiting. */
@Command(
        name = "sandbox",
        description = {
            "Starts the service and the DPS emulator with keys of their own, sets them up through the admin API,",
            "writes DIR/sandbox.json, prints a line that begins with READY, and waits for SIGTERM or SIGINT."
        },
        footer = {"", "Example:", "  berth sandbox --dir /tmp/berth --instances 3"})
final class SandboxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "where keys, data and sandbox.json go")
    private Path directory;

    @Mixin
    private InstanceOptions instances;

    @Mixin
    private StoreOptions store;

    @Override
    public Integer call() throws Exception {
        var sandbox = Sandbox.start(directory, plan());
        var out = command.commandLine().getOut();
        out.println(sandbox.ready());
        out.flush();
        sandbox.awaitEnd();
        return 0;
    }

    private SandboxPlan plan() {
        try {
            return new SandboxPlan(instances.count, instances.limitPerMinute, store.kind, store.replicas);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
