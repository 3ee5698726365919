package dev.berth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program as it is shipped: the jar, or the native executable that the system property {@code berth.executable} names. */
public final class PackagedProgram {
    private static final Optional<String> EXECUTABLE = Optional.ofNullable(System.getProperty("berth.executable"));

    private PackagedProgram() {}

    /**
     * Runs a verb in a process of its own.
     *
     * @param options what stands before the verb, for the JVM or for the executable
     */
    public static ProcessBuilder of(List<String> options, List<String> arguments) {
        var command = new ArrayList<String>();
        if (EXECUTABLE.isPresent()) {
            command.add(Path.of(EXECUTABLE.get()).toAbsolutePath().toString());
            command.addAll(options);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
            command.addAll(options);
            command.add("-jar");
            command.add(Path.of("target/quarkus-app/quarkus-run.jar")
                    .toAbsolutePath()
                    .toString());
        }
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
