package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.instance.DeviceRegistration;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a registration record takes of the emulator's heap, with 100,000 and with 1,000,000 of them: it should be the same. */
public final class RecordBenchmark implements Benchmark {
    private static final int FEW = 100_000;
    private static final int MANY = 1_000_000;
    private static final double GOAL_BYTES = 400;
    private static final String ID_SCOPE = "0neBENCH";

    private final byte[] groupKey = "a key that is of no use elsewhere".getBytes(UTF_8);
    private final Path directory;

    public RecordBenchmark(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var emulator = Emulator.start(EmulatorConfig.read(config()), directory)) {
            register(emulator, 0, 1);
            long empty = heapBytes();
            register(emulator, 1, FEW);
            double few = (double) (heapBytes() - empty) / (FEW - 1);
            register(emulator, FEW, MANY);
            double many = (double) (heapBytes() - empty) / (MANY - 1);
            return List.of(
                    Figure.atMost(GOAL_BYTES, "emulator-record-100k", few, "bytes of heap"),
                    Figure.atMost(GOAL_BYTES, "emulator-record-1m", many, "bytes of heap"));
        }
    }

    private Path config() throws IOException {
        Files.createDirectories(directory);
        return Files.writeString(directory.resolve("config.json"), """
                {"instances": [{"idScope": "%s", "quotas": {"registrationsPerMinute": 1000000},
                  "enrollmentGroups": [{"enrollmentGroupId": "keyed", "attestation": {"type": "symmetricKey",
                    "symmetricKey": {"primaryKey": "%s"}}}]}]}""".formatted(
                        ID_SCOPE, Base64.getEncoder().encodeToString(groupKey)));
    }

    private void register(Emulator emulator, int from, int to) throws GeneralSecurityException {
        var instance = emulator.instance(ID_SCOPE);
        for (int number = from; number < to; number++) {
            String name = "bench-%08d".formatted(number);
            String token = DpsFleet.token(groupKey, ID_SCOPE + "/registrations/" + name, name);
            var outcome = instance.register(
                    name, new Evidence(Optional.empty(), Optional.of(token)), DeviceRegistration.EMPTY);
            if (outcome.status() != 202) {
                throw new IllegalStateException("answered with " + outcome);
            }
        }
    }

    private static long heapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
