package dev.berth.api.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract passes Redocly's strict rules; skipped, and says so, where Node.js or the package registry cannot be had. */
class RedoclyTest {
    private static final String PACKAGE = "@redocly/cli@2.77.0";
    private static final long WAIT_MINUTES_MAX = 5;

    @Test
    void theContractLintsClean(@TempDir Path directory) throws Exception {
        assumeTrue(run(directory, "npm", "--version") == 0, "SKIPPED: no npm here, so openapi.yaml was not linted");
        assumeTrue(
                run(directory, "npm", "install", "--no-audit", "--no-fund", "--prefix", directory.toString(), PACKAGE)
                        == 0,
                "SKIPPED: " + PACKAGE + " could not be installed, so openapi.yaml was not linted");
        var redocly = directory.resolve("node_modules/.bin/redocly").toString();

        assertThat(run(Path.of(""), redocly, "lint", "--config", "redocly.yaml"))
                .isZero();
    }

    private static int run(Path directory, String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .directory(directory.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log())
                    .start();
            return process.waitFor(WAIT_MINUTES_MAX, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static File log() throws IOException {
        return Files.createDirectories(Path.of("target")).resolve("redocly.log").toFile();
    }
}
