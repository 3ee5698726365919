package dev.berth.cli;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --config}: where the settings are, beside the environment and the command line. */
final class SettingsOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings as a properties file; README.md lists them")
    private @Nullable Path config;

    /** The sources that Quarkus reads, too; the file's lines are among them from now on. */
    SmallRyeConfigBuilder sources() throws IOException {
        if (config != null) {
            if (!Files.isReadable(config)) {
                throw new ParameterException(command.commandLine(), "no readable file: " + config);
            }
            SettingsFile.read(config, System.getenv(), System.getProperties());
        }
        return ConfigUtils.emptyConfigBuilder().addDiscoveredSources();
    }
}
