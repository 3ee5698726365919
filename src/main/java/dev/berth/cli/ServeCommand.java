package dev.berth.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code berth serve}: the service, until it is told to stop. */
@Command(
        name = "serve",
        description = "Runs the service until SIGTERM or SIGINT; answers in work are finished first.",
        footer = {
            "",
            "Every setting is a system property, an environment variable or a line of the file; the first that is given counts:",
            "  -Dberth.device.port=8443   BERTH_DEVICE_PORT=8443   berth.device.port=8443",
            "",
            "Examples:",
            "  berth serve --config /etc/berth/berth.properties",
            "  BERTH_DEVICE_PORT=443 berth serve --config berth.properties"
        })
final class ServeCommand implements Callable<Integer> {
    private static final String REMEDY = """
            berth: Each names a PEM file: in the file given by --config, as an environment variable (BERTH_DEVICE_KEY_FILE), or as a system property.
            berth: ./berth pki --help shows how to make them; README.md lists every setting.""";

    @Spec
    private CommandSpec command;

    @Mixin
    private SettingsOption settings;

    @Override
    public Integer call() throws IOException {
        var sources = settings.sources().build();
        Function<String, Optional<String>> setting = name -> sources.getOptionalValue(name, String.class);
        var faults = RequiredFiles.faults(setting);
        if (!faults.isEmpty()) {
            faults.forEach(fault -> command.commandLine().getErr().println("berth: " + fault));
            command.commandLine().getErr().println(REMEDY);
            return 1;
        }
        var taken = FreePorts.faults(setting);
        if (!taken.isEmpty()) {
            taken.forEach(fault -> command.commandLine().getErr().println("berth: " + fault));
            return 1;
        }
        Quarkus.run();
        return 0;
    }
}
