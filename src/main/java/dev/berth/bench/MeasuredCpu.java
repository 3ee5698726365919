package dev.berth.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** The CPU time of a process, and how much of it the compilers of its JVM took. */
record MeasuredCpu(ProcessHandle process) {
    /** The kernel counts in hundredths of a second, whatever its own clock. */
    private static final long TICK_MILLIS = 10;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    /** Something that is measured. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** What the process spends while something is done. */
    record Spent(Duration all, Duration compiling) {
        /** From 0 to 1. A compiler's thread that ended meanwhile took its time with it. */
        double compilingShare() {
            return Math.max(0, compiling.toNanos()) / (double) Math.max(1, all.toNanos());
        }
    }

    Spent of(Work work) throws Exception {
        var all = all();
        var compiling = compiling();
        work.run();
        return new Spent(all().minus(all), compiling().minus(compiling));
    }

    private Duration all() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Nothing where the system does not tell it by thread. */
    private Duration compiling() {
        var threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return Duration.ZERO;
        }
        try (var each = Files.list(threads)) {
            return each.map(MeasuredCpu::compilingOf).reduce(Duration.ZERO, Duration::plus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A thread's name stands in parentheses, and may hold blanks. */
    private static Duration compilingOf(Path thread) {
        try {
            var line = Files.readString(thread.resolve("stat"));
            if (!line.contains("CompilerThre")) {
                return Duration.ZERO;
            }
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Duration.ofMillis(
                    TICK_MILLIS * (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])));
        } catch (NoSuchFileException ended) {
            return Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
