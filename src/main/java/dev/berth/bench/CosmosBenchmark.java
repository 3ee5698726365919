package dev.berth.bench;

import dev.berth.sandbox.LocalCosmosInstallation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * First boots through replicas on the local Cosmos DB: new mutual-TLS connections of devices never seen before. Devices, replicas and the store share this
 * machine; the CPU is that of the replicas alone.
 */
public final class CosmosBenchmark implements Benchmark {
    private static final int WARM_UP = 3_000;
    private static final int FIRST_BOOTS_PER_ROUND = 600;
    private static final int ROUNDS = 3;
    private static final int AT_ONCE = 16;
    /** The store, and not their slots, is what is short. */
    private static final CosmosSandbox.Dps PLENTY = new CosmosSandbox.Dps(3, 10_000);

    private static final List<String> READS = List.of("find");
    private static final List<String> WRITES = List.of("insert", "replace");

    private static final double RATE_GOAL = 100;
    private static final double CPU_GOAL_MILLIS = 5;

    /** One for the device; and one for a ledger, for every four devices at most. */
    private static final double REQUESTS_GOAL = 1.25;

    private final List<String> launcher;
    private final Path directory;
    private final int replicas;

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public CosmosBenchmark(List<String> launcher, Path directory, int replicas) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
        this.replicas = replicas;
    }

    @Override
    public Optional<String> obstacle() {
        return LocalCosmosInstallation.obstacle();
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var sandbox = CosmosSandbox.start(launcher, directory, replicas, PLENTY, Map.of())) {
            boot(sandbox.make("warm", WARM_UP));
            var rounds = new double[4];
            for (var round = 0; round < ROUNDS; round++) {
                var figures = round(sandbox, round);
                for (var i = 0; i < rounds.length; i++) {
                    rounds[i] += figures[i] / ROUNDS;
                }
            }
            return List.of(
                    Figure.atLeast(RATE_GOAL, "cosmos-boots-" + replicas, rounds[0], "first boots/s"),
                    Figure.atMost(CPU_GOAL_MILLIS, "cosmos-cpu-" + replicas, rounds[1], "ms of CPU"),
                    Figure.atMost(REQUESTS_GOAL, "cosmos-reads-" + replicas, rounds[2], "a first boot"),
                    Figure.atMost(REQUESTS_GOAL, "cosmos-writes-" + replicas, rounds[3], "a first boot"));
        }
    }

    /** First boots a second, and of each the CPU, the reads and the writes. */
    private static double[] round(CosmosSandbox sandbox, int number) throws Exception {
        var devices = sandbox.make("round-" + number, FIRST_BOOTS_PER_ROUND);
        var reads = sandbox.requests(READS);
        var writes = sandbox.requests(WRITES);
        var cpu = sandbox.cpu();
        var began = System.nanoTime();
        boot(devices);
        var seconds = (System.nanoTime() - began) / 1e9;
        return new double[] {
            devices.size() / seconds,
            sandbox.cpu().minus(cpu).toNanos() / 1e6 / devices.size(),
            (sandbox.requests(READS) - reads) / devices.size(),
            (sandbox.requests(WRITES) - writes) / devices.size()
        };
    }

    /** Each connects and asks; some at the same time. */
    private static void boot(List<CosmosSandbox.Caller> devices) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var boot : threads.invokeAll(devices.stream()
                    .<Callable<Boolean>>map(device -> () -> boot(device))
                    .toList())) {
                boot.get();
            }
        }
    }

    private static boolean boot(CosmosSandbox.Caller caller) throws Exception {
        try (var device = caller.connect()) {
            for (var status = device.ask(); status != 200; status = device.ask()) {
                if (status != 503) {
                    throw new IllegalStateException("answered with " + status);
                }
                Thread.sleep(1_000);
            }
            return true;
        }
    }
}
