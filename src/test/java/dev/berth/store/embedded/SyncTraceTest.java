package dev.berth.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A killed process shows nothing about syncs: the kernel still has what was written. So count the system calls. {@link GroupCommitTest}
 * counts the same by RocksDB's own ticker, everywhere.
 */
@Timeout(120)
class SyncTraceTest {
    private static final int INSERTS = 40;

    @TempDir
    private Path directory;

    @Test
    void everyInsertOfALoneCallerIsOneSyncOfTheLog() throws Exception {
        assumeThat(isTraceable()).as("no strace here").isTrue();
        var none = syncsOf(0);
        assertThat(syncsOf(INSERTS) - none).isBetween((long) INSERTS, INSERTS + 2L); // and one for the declaration
    }

    private long syncsOf(int inserts) throws Exception {
        var trace = directory.resolve("trace" + inserts);
        var tracer = List.of("strace", "-f", "-y", "-e", "trace=fdatasync,fsync", "-o", trace.toString());
        var store = directory.resolve("store" + inserts).toString();
        try (var process = ChildProcess.start(tracer, HoldingProcess.class, store, Integer.toString(inserts))) {
            assertThat(process.readLine()).isEqualTo("held");
            process.process().descendants().forEach(ProcessHandle::destroyForcibly);
            process.process().onExit().join();
        }
        try (var lines = Files.lines(trace)) {
            return lines.filter(line -> line.contains(".log>"))
                    .filter(line -> !line.contains("resumed"))
                    .count();
        }
    }

    private static boolean isTraceable() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-o", "/dev/null", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
