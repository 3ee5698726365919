package dev.berth.cli;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.json.InvalidConfigException;
import dev.berth.sandbox.DemoPlan;
import java.io.IOException;
import java.nio.file.Files;
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

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "read at the start if it is there, written at the end: enrollments with their keys, devices, counts")
    private @Nullable Path state;

    @Mixin
    private InstanceOptions instances;

    @Override
    public Integer call() throws Exception {
        try (var emulator = start(seed == null ? config() : config().withSeed(seed))) {
            if (state != null) {
                saveAtTheEnd(emulator, state);
            }
            var out = command.commandLine().getOut();
            out.println("READY " + directory.toAbsolutePath().resolve("emulator.json") + "  try: curl -s "
                    + emulator.description().adminUrl() + "/instances");
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private Emulator start(EmulatorConfig chosen) throws IOException {
        try {
            return state == null || !Files.exists(state)
                    ? Emulator.start(chosen, directory)
                    : Emulator.resume(chosen, directory, state);
        } catch (InvalidConfigException wrong) {
            throw new ParameterException(command.commandLine(), state + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Nothing is answered any more when it is written, so nothing that was answered is missing. */
    private static void saveAtTheEnd(Emulator emulator, Path file) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                emulator.close();
                emulator.save(file);
            } catch (IOException e) {
                System.err.println("the state is not saved: " + e);
            }
        }));
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
