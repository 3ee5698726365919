package dev.berth.cli;

import io.quarkus.runtime.Quarkus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth serve}: the service, until it is told to stop. */
@Command(
        name = "serve",
        description = "Runs the service until SIGTERM or SIGINT; answers in work are finished first.",
        footer = {
            "",
            "Every setting is a line of the file, an environment variable or a system property:",
            "  berth.device.port=8443   BERTH_DEVICE_PORT=8443   -Dberth.device.port=8443",
            "",
            "Examples:",
            "  berth serve --config /etc/berth/berth.properties",
            "  BERTH_DEVICE_PORT=443 berth serve --config berth.properties"
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings as a properties file; README.md lists them")
    private @Nullable Path config;

    @Override
    public Integer call() {
        if (config != null) {
            if (!Files.isReadable(config)) {
                throw new ParameterException(command.commandLine(), "no readable file: " + config);
            }
            System.setProperty("smallrye.config.locations", config.toUri().toString());
        }
        Quarkus.run();
        return 0;
    }
}
