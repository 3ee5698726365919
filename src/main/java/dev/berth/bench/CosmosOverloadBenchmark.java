package dev.berth.bench;

import dev.berth.sandbox.LocalCosmosInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * A store that takes {@value #REQUESTS_PER_SECOND} requests a second and refuses the rest with 429, as an account with little throughput does. First few
 * devices at once show how many first boots that makes; then so many ask again at once, whatever they are told, that it is ten times too much; then
 * as many wait as they are told to. Their connections are open before, so that handshakes do not hold the load down, and their slots lie ahead, as those of
 * devices that come in such numbers do.
 */
public final class CosmosOverloadBenchmark implements Benchmark {
    private static final int REQUESTS_PER_SECOND = 100;
    private static final int WARM_UP = 400;
    private static final int FEW_DEVICES = 1_000;
    private static final int FEW_AT_ONCE = 16;
    private static final int MANY_DEVICES = 1_500;
    private static final int ASKS_MAX = 10_000;
    private static final Duration IMPATIENT = Duration.ofMillis(250);

    private static final CosmosSandbox.Dps DPS = new CosmosSandbox.Dps(1, 1_000);

    private static final double OFFERED_GOAL = 10;
    private static final double GOODPUT_GOAL = 0.95;
    private static final double ASKS_GOAL = 3;

    private final List<String> launcher;
    private final Path directory;

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public CosmosOverloadBenchmark(List<String> launcher, Path directory) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
    }

    @Override
    public Optional<String> obstacle() {
        return LocalCosmosInstallation.obstacle();
    }

    @Override
    public List<Figure> measure() throws Exception {
        var limit = Map.of("BERTH_LOCAL_COSMOS_REQUESTS_PER_SECOND", String.valueOf(REQUESTS_PER_SECOND));
        try (var sandbox = CosmosSandbox.start(launcher, directory, 1, DPS, limit)) {
            run(sandbox.make("warm", WARM_UP), FEW_AT_ONCE, true);
            var few = run(sandbox.make("few", FEW_DEVICES), FEW_AT_ONCE, true);
            var many = run(sandbox.make("many", MANY_DEVICES), MANY_DEVICES, false);
            var patient = run(sandbox.make("patient", MANY_DEVICES), MANY_DEVICES, true);
            return List.of(
                    Figure.atLeast(1, "overload-peak", few.goodput(), "first boots/s"),
                    Figure.atLeast(OFFERED_GOAL, "overload-offered", many.offered() / few.goodput(), "x the peak"),
                    Figure.atLeast(GOODPUT_GOAL, "overload-goodput", many.goodput() / few.goodput(), "of the peak"),
                    Figure.atLeast(GOODPUT_GOAL, "patient-goodput", patient.goodput() / few.goodput(), "of the peak"),
                    Figure.atMost(ASKS_GOAL, "patient-asks", patient.asksOfOne(), "asks of one device"),
                    Figure.atMost(0, "overload-untold", many.untold(patient), "refused without Retry-After"),
                    Figure.atMost(0, "overload-lost", many.lost(patient), "never served"));
        }
    }

    /** When each ask was answered, and when well. */
    private record Course(Queue<Long> asks, Queue<Long> served, LongAdder untold) {
        Course() {
            this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>(), new LongAdder());
        }

        /**
         * While the devices between a tenth and a half are served; after that, those that are left no longer ask for ten times too much. In whole
         * seconds, since in such the store counts: it serves what it may at the beginning of each, and nothing at its end.
         */
        double goodput() {
            return within(served) / (double) seconds();
        }

        double asksOfOne() {
            return (double) asks.size() / served.size();
        }

        double untold(Course other) {
            return (double) untold.sum() + other.untold.sum();
        }

        int lost(Course other) {
            return 2 * MANY_DEVICES - served.size() - other.served.size();
        }

        /** Asks a second meanwhile. */
        double offered() {
            return within(asks) / (double) seconds();
        }

        private long within(Queue<Long> events) {
            long from = servedAt(1, 10);
            long to = from + Duration.ofSeconds(seconds()).toNanos();
            return events.stream().filter(at -> at >= from && at < to).count();
        }

        private long seconds() {
            return Math.max(
                    1, Duration.ofNanos(servedAt(1, 2) - servedAt(1, 10)).toSeconds());
        }

        /** When this part of the devices were served. */
        private long servedAt(int part, int of) {
            var times = served.stream().sorted().toList();
            return times.get(times.size() * part / of);
        }
    }

    private static Course run(List<CosmosSandbox.Caller> callers, int atOnce, boolean patient) throws Exception {
        var course = new Course();
        var devices = connected(callers);
        try (var threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            await(threads.invokeAll(devices.stream()
                    .<Callable<Boolean>>map(device -> () -> boot(device, course, patient))
                    .toList()));
        }
        return course;
    }

    private static List<BenchDevice> connected(List<CosmosSandbox.Caller> callers) throws Exception {
        var devices = new ArrayList<BenchDevice>();
        try (var threads = Executors.newFixedThreadPool(FEW_AT_ONCE)) {
            for (var device : threads.invokeAll(callers.stream()
                    .<Callable<BenchDevice>>map(caller -> () -> caller.connect().ready())
                    .toList())) {
                devices.add(device.get());
            }
        }
        return devices;
    }

    private static void await(List<Future<Boolean>> boots) throws ExecutionException, InterruptedException {
        for (var boot : boots) {
            boot.get();
        }
    }

    private static boolean boot(BenchDevice device, Course course, boolean patient)
            throws IOException, InterruptedException {
        try (device) {
            for (var ask = 0; ask < ASKS_MAX; ask++) {
                var answer = device.answer();
                course.asks().add(System.nanoTime());
                if (answer.status() == 200) {
                    course.served().add(System.nanoTime());
                    return true;
                }
                if (answer.retryAfterSeconds() < 1) {
                    course.untold().increment();
                }
                Thread.sleep(patient ? Duration.ofSeconds(Math.max(1, answer.retryAfterSeconds())) : IMPATIENT);
            }
            return false;
        }
    }
}
