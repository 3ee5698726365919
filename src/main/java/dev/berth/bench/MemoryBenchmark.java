package dev.berth.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the memory of a service grows with the devices that have booted through it: {@code berth sandbox} with a small heap. */
public final class MemoryBenchmark implements Benchmark {
    private static final String HEAP = "-Xmx256m";
    private static final int DEVICES_PER_ROUND = 1_000;
    private static final int ROUNDS_BEFORE = 20;
    private static final int ROUNDS = 100;
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
            boot(devices, ROUNDS_BEFORE);
            double before = residentMebibytes(process.handle());
            boot(devices, ROUNDS - ROUNDS_BEFORE);
            double after = residentMebibytes(process.handle());
            return List.of(Figure.atMost(GROWTH_GOAL * before, "rss-after-boots", after, "MiB after 100,000")
                    .against("after 20,000", before));
        }
    }

    private List<String> command() {
        var command = new ArrayList<>(launcher);
        command.add(1, HEAP); // a JVM and an executable take it in the same place
        command.addAll(List.of("sandbox", "--dir", directory.toString(), "--instances", "3", "--limit", "1000000"));
        return command;
    }

    private static void boot(BenchFleet devices, int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            devices.bootAll(devices.make(DEVICES_PER_ROUND));
        }
    }

    private static double residentMebibytes(ProcessHandle process) throws IOException {
        return ResidentMemory.mebibytes(process).orElseThrow();
    }
}
