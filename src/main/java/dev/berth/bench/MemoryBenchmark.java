package dev.berth.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the memory of a service grows with the devices that have booted through it: {@code berth sandbox} with a small heap. */
public final class MemoryBenchmark implements Benchmark {
    private static final String HEAP = "-Xmx256m";
    private static final int DEVICES_PER_ROUND = 1_000;
    private static final int ROUNDS_BEFORE = 100;
    private static final int ROUNDS = 1_000;
    private static final int ROUNDS_TOLD = 50;
    private static final double GROWTH_GOAL = 1.1;

    private final List<String> launcher;
    private final Path directory;

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public MemoryBenchmark(List<String> launcher, Path directory) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
    }

    @Override
    public Optional<String> obstacle() {
        return Files.exists(Path.of("/proc/self/status"))
                ? Optional.empty()
                : Optional.of("only Linux tells the memory of a process");
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var process = MeasuredProcess.start(command(), directory.resolve("sandbox.json"))) {
            var devices = DeviceBenchmark.devices(process);
            double before = 0;
            double now = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                devices.bootAll(devices.make(DEVICES_PER_ROUND));
                now = ResidentMemory.mebibytes(process.handle()).orElseThrow();
                before = round == ROUNDS_BEFORE ? now : before;
                if (round % ROUNDS_TOLD == 0) {
                    System.err.printf("%,d first boots: %.0f MiB%n", round * DEVICES_PER_ROUND, now);
                }
            }
            return List.of(Figure.atMost(GROWTH_GOAL * before, "rss-after-boots", now, "MiB after 1,000,000")
                    .against("after 100,000", before));
        }
    }

    private List<String> command() {
        var command = new ArrayList<>(launcher);
        command.add(1, HEAP); // a JVM and an executable take it in the same place
        command.addAll(List.of("sandbox", "--dir", directory.toString(), "--instances", "3", "--limit", "100000"));
        return command;
    }
}
