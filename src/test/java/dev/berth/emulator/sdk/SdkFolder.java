package dev.berth.emulator.sdk;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The scripts of one language in {@code src/test/sdk}, and what they need.
 *
 * @param programs without which they are skipped
 * @param pins the files that say what is installed
 */
record SdkFolder(String language, List<String> programs, List<String> pins) {
    private static final Duration INSTALL_TIME_MAX = Duration.ofMinutes(5);
    private static final String MARK = "installed";

    String file(String name) {
        return Path.of("src/test/sdk", language, name).toString();
    }

    /** The folder where these steps have been taken, below {@code target}; they are taken once for each content of the pins. */
    Path installed(List<List<String>> steps) throws IOException, InterruptedException {
        for (var program : programs) {
            if (!Program.isInstalled(program)) {
                abort("SKIPPED: no %s on this machine, so no SDK for %s was run".formatted(program, language));
            }
        }
        var folder = Path.of("target/sdk", language + '-' + checksum()).toAbsolutePath();
        if (!Files.exists(folder.resolve(MARK))) {
            install(folder, steps);
        }
        return folder;
    }

    private void install(Path folder, List<List<String>> steps) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (var pin : pins) {
            Files.copy(Path.of(file(pin)), folder.resolve(pin), StandardCopyOption.REPLACE_EXISTING);
        }
        for (var step : steps) {
            var program = Program.run(folder, INSTALL_TIME_MAX, step);
            if (!program.succeeded()) {
                giveUp(program);
            }
        }
        Files.createFile(folder.resolve(MARK));
    }

    /** Without its registry nothing can be shown; continuous integration must not go without. */
    private void giveUp(Program installer) {
        if (programs.isEmpty() || Boolean.parseBoolean(System.getenv("CI"))) {
            throw new IllegalStateException(installer.toString());
        }
        abort("SKIPPED: the SDKs for " + language + " could not be installed: " + installer);
    }

    private String checksum() throws IOException {
        var checksum = new CRC32();
        for (var pin : pins) {
            checksum.update(Files.readAllBytes(Path.of(file(pin))));
        }
        return Long.toHexString(checksum.getValue());
    }
}
