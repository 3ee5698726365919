package dev.berth.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A verb that ran in a process of its own to its end.
 *
 * @param peakMebibytes the most memory that it held, as the kernel says; 0 where the kernel is not Linux
 */
record MeasuredRun(double seconds, double peakMebibytes) {
    private static final long LOOK_MILLIS = 20;
    private static final double KIBIBYTES_PER_MEBIBYTE = 1_024;

    /** Returns when it has ended well; what it says goes to {@code log}. */
    static MeasuredRun of(List<String> command, Path log) throws IOException, InterruptedException {
        long began = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        var status = Path.of("/proc", Long.toString(process.pid()), "status");
        double peak = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakMebibytes(status));
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " failed; see " + log);
        }
        return new MeasuredRun((System.nanoTime() - began) / 1e9, peak);
    }

    private static double peakMebibytes(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES_PER_MEBIBYTE)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }
}
