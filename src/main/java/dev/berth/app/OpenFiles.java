package dev.berth.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/** How many files this process may open: connections are files, and the store's must not be the ones that cannot be opened. */
final class OpenFiles {
    private static final Logger LOG = Logger.getLogger(OpenFiles.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";

    /** For the store, the other listeners, DPS and the program's own files. */
    static final int RESERVED = 2_000;

    private OpenFiles() {}

    /** As many device connections as are wanted, or, with a warning, as there can be. */
    static int connections(int wanted) {
        var max = max();
        if (max.isEmpty() || wanted <= max.getAsInt() - RESERVED) {
            return wanted;
        }
        int possible = Math.max(1, max.getAsInt() - RESERVED);
        LOG.warnf(
                "berth.device.connections-max is %d, but this process may open %d files: %d devices can connect at once; raise the limit (ulimit -n, LimitNOFILE)",
                wanted, max.getAsInt(), possible);
        return possible;
    }

    private static OptionalInt max() {
        try {
            return Files.exists(LIMITS) ? max(Files.readString(LIMITS)) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** Reads what Linux says of a process's limits; empty if there is none for files. */
    static OptionalInt max(String limits) {
        return limits.lines()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip().split("\\s+", -1)[0])
                .filter(soft -> soft.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }
}
