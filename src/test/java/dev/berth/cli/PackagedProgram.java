package dev.berth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program as it is shipped: the jar, or the native executable that the system property {@code berth.executable} names. */
public final class PackagedProgram {
    private static final Optional<String> EXECUTABLE = Optional.ofNullable(System.getProperty("berth.executable"));

    private PackagedProgram() {}

    /** Runs a verb in a process of its own. */
    public static ProcessBuilder of(List<String> arguments, String... properties) {
        var command = EXECUTABLE.map(PackagedProgram::executable).orElseGet(PackagedProgram::jar);
        for (String property : properties) {
            command.add("-D" + property);
        }
        if (EXECUTABLE.isEmpty()) {
            command.add("-jar");
            command.add(Path.of("target/quarkus-app/quarkus-run.jar")
                    .toAbsolutePath()
                    .toString());
        }
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static List<String> executable(String file) {
        return new ArrayList<>(List.of(Path.of(file).toAbsolutePath().toString()));
    }

    private static List<String> jar() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    }
}
