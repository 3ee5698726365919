package dev.berth.emulator.sdk;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The scripts of one language, and the SDKs that they need, installed below {@code target} once for each content of
 * the files that pin them.
 *
 * @param interpreter what runs a script
 */
record SdkFolder(Path scripts, Path installed, List<String> interpreter, Map<String, String> environment) {
    private static final Duration INSTALL_TIME_MAX = Duration.ofMinutes(5);
    private static final Duration RUN_TIME_MAX = Duration.ofMinutes(1);
    private static final String MARK = "installed";

    /** Scripts for Node.js that trust this CA. */
    static SdkFolder node(Path caFile) throws IOException, InterruptedException {
        var pins = List.of("package.json", "package-lock.json");
        var installed = install("node", List.of("node", "npm"), pins, List.of(List.of("npm", "ci", "--ignore-scripts")));
        var modules = installed.resolve("node_modules").toString();
        return new SdkFolder(
                scripts("node"),
                installed,
                List.of("node"),
                Map.of("NODE_PATH", modules, "NODE_EXTRA_CA_CERTS", caFile.toString()));
    }

    /** Scripts for Python that trust this CA. */
    static SdkFolder python(Path caFile) throws IOException, InterruptedException {
        var steps = List.of(
                List.of("python3", "-m", "venv", "venv"),
                List.of("venv/bin/pip", "install", "--no-deps", "--requirement", "requirements.txt"));
        var installed = install("python", List.of("python3"), List.of("requirements.txt"), steps);
        return new SdkFolder(
                scripts("python"),
                installed,
                List.of(installed.resolve("venv/bin/python").toString()),
                Map.of("REQUESTS_CA_BUNDLE", caFile.toString()));
    }

    Program run(String script, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(interpreter);
        command.add(scripts.resolve(script).toString());
        command.addAll(arguments);
        return Program.run(installed, environment, RUN_TIME_MAX, command);
    }

    SdkOutcome register(String script, SdkFleet fleet, Transport transport, SdkDevice device)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(
                List.of(fleet.descriptionFile().toString(), transport.name().toLowerCase(Locale.ROOT)));
        arguments.addAll(fleet.arguments(device));
        return SdkOutcome.of(run(script, arguments));
    }

    private static Path scripts(String language) {
        return Path.of("src/test/sdk", language).toAbsolutePath();
    }

    private static Path install(String language, List<String> needed, List<String> pins, List<List<String>> steps)
            throws IOException, InterruptedException {
        for (var program : needed) {
            if (!Program.isInstalled(program)) {
                abort("SKIPPED: no %s on this machine, so no SDK for %s was run".formatted(program, language));
            }
        }
        var folder = Path.of("target/sdk", language + '-' + checksum(language, pins)).toAbsolutePath();
        if (!Files.exists(folder.resolve(MARK))) {
            Files.createDirectories(folder);
            for (var pin : pins) {
                Files.copy(scripts(language).resolve(pin), folder.resolve(pin), StandardCopyOption.REPLACE_EXISTING);
            }
            for (var step : steps) {
                install(language, Program.run(folder, Map.of(), INSTALL_TIME_MAX, step));
            }
            Files.createFile(folder.resolve(MARK));
        }
        return folder;
    }

    /** Without its registry nothing can be shown; continuous integration must not go without. */
    private static void install(String language, Program installer) {
        if (!installer.succeeded() && Boolean.parseBoolean(System.getenv("CI"))) {
            throw new IllegalStateException(installer.toString());
        }
        if (!installer.succeeded()) {
            abort("SKIPPED: the SDKs for " + language + " could not be installed: " + installer);
        }
    }

    private static String checksum(String language, List<String> pins) throws IOException {
        var checksum = new CRC32();
        for (var pin : pins) {
            checksum.update(Files.readAllBytes(scripts(language).resolve(pin)));
        }
        return Long.toHexString(checksum.getValue());
    }
}
