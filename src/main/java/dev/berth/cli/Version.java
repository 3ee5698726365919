package dev.berth.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that was built, as the jar's manifest has it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {"berth " + version};
    }
}
