package dev.berth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the time of all this machine's processors was spent since it started counting: by this process and those that it started, by nobody, and
 * by others.
 */
record MachineShare(double total, double idle, double own) {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISKS = 4;
    private static final int COLUMNS = 8;
    private static final double TICKS_PER_SECOND = 100;

    /** Empty where the system is not Linux. */
    static Optional<MachineShare> now() {
        if (!Files.isReadable(STATISTICS)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(STATISTICS)) {
            var ticks = Arrays.stream(lines.findFirst().orElseThrow().split(" +", -1))
                    .skip(1)
                    .limit(COLUMNS)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return Optional.of(new MachineShare(
                    Arrays.stream(ticks).sum() / TICKS_PER_SECOND,
                    (ticks[IDLE] + ticks[WAITING_FOR_DISKS]) / TICKS_PER_SECOND,
                    ownSeconds()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static double ownSeconds() {
        var self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .mapToDouble(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
                .sum();
    }

    /** The part of the machine that neither we used since {@code before} nor anybody could have had. */
    double othersSince(MachineShare before) {
        var passed = total - before.total;
        return Math.max(0, passed - (idle - before.idle) - (own - before.own)) / passed;
    }

    double idleSince(MachineShare before) {
        return (idle - before.idle) / (total - before.total);
    }
}
