package dev.berth.cli;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.sandbox.DemoPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth emulator}: the stand-in for the Device Provisioning Service alone. */
@Command(
        name = "emulator",
        description = {
            "Emulates instances of the Device Provisioning Service on loopback, for real device SDKs. Writes DIR/emulator.json,",
            "prints a line that begins with READY, and waits for SIGTERM or SIGINT."
        },
        footer = {
            "",
            "Examples:",
            "  berth emulator --dir /tmp/dps --instances 2 --limit 100",
            "  berth emulator --dir /tmp/dps --config emulator.config.json"
        })
final class EmulatorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "where ca.pem and emulator.json go")
    private Path directory;

    @Option(names = "--config", paramLabel = "FILE", description = "instances, quotas and enrollments as JSON")
    private @Nullable Path config;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "decides which requests faults hit; default: that of FILE, or 0")
    private @Nullable Long seed;

    @Mixin
    private InstanceOptions instances;

    @Override
    public Integer call() throws Exception {
        var chosen = seed == null ? config() : config().withSeed(seed);
        try (var emulator = Emulator.start(chosen, directory)) {
            var out = command.commandLine().getOut();
            out.println("READY " + directory.toAbsolutePath().resolve("emulator.json") + "  try: curl -s "
                    + emulator.description().adminUrl() + "/instances");
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private EmulatorConfig config() throws IOException {
        try {
            if (config != null) {
                return EmulatorConfig.read(config);
            }
            DemoPlan.requireInstances(instances.count, instances.limitPerMinute);
            return EmulatorConfig.of(instances.count, instances.limitPerMinute);
        } catch (InvalidConfigException wrong) {
            throw new ParameterException(
                    command.commandLine(), config + ": " + wrong.pointer() + " " + wrong.getMessage(), wrong);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
