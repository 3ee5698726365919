package dev.berth.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Devices that ask again and again, each on a new connection, and what became of it between two moments. */
final class Storm {
    private final long from;
    private final long to;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    private record Call(StormDevice.Outcome outcome, long nanos) {}

    private Storm(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** What a device does until it asks again. */
    @FunctionalInterface
    interface Pause {
        /** Asks at once. */
        Pause NONE = _ -> Duration.ZERO;

        /** Waits as long as it was told to, or one to two seconds. */
        Pause PATIENT = outcome -> Duration.ofMillis(Math.max(1_000, outcome.retryAfterSeconds() * 1_000L)
                + ThreadLocalRandom.current().nextInt(1_000));

        Duration after(StormDevice.Outcome outcome);

        /** Waits for about so long, whatever it was told. */
        static Pause about(Duration pause) {
            return _ -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(2 * pause.toMillis()));
        }
    }

    /** Lets {@code devices} ask for so long, of which the first part does not count. */
    static Storm of(List<StormDevice> devices, Duration lead, Duration length, Pause pause)
            throws InterruptedException {
        long began = System.nanoTime();
        var storm = new Storm(began + lead.toNanos(), began + lead.plus(length).toNanos());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            devices.forEach(device -> threads.execute(() -> storm.keepAsking(device, pause)));
            threads.shutdown();
            if (!threads.awaitTermination(lead.plus(length).toSeconds() + 60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a device hangs");
            }
        }
        return storm;
    }

    private void keepAsking(StormDevice device, Pause pause) {
        var outcome = new StormDevice.Outcome(StormDevice.Outcome.Kind.SERVED, 0);
        try {
            sleep(pause.after(outcome));
            for (long at = System.nanoTime(); at < to; at = System.nanoTime()) {
                outcome = device.ask();
                if (at >= from) {
                    calls.add(new Call(outcome, System.nanoTime() - at));
                }
                sleep(pause.after(outcome));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sleep(Duration pause) throws InterruptedException {
        long left = to - System.nanoTime();
        if (pause.isPositive() && left > 0) {
            Thread.sleep(Duration.ofNanos(Math.min(left, pause.toNanos())));
        }
    }

    double offeredPerSecond() {
        return calls.size() / seconds();
    }

    double servedPerSecond() {
        return of(StormDevice.Outcome.Kind.SERVED).count() / seconds();
    }

    long count(StormDevice.Outcome.Kind kind) {
        return of(kind).count();
    }

    /** Those that were answered, but neither served nor told when to come back, and those that broke off. */
    double untold() {
        return (double) count(StormDevice.Outcome.Kind.BROKEN)
                + of(StormDevice.Outcome.Kind.REFUSED)
                        .filter(call -> call.outcome().retryAfterSeconds() < 1)
                        .count();
    }

    /** How long those that were served took, from the connection to the answer. */
    double millis(double quantile) {
        var sorted = of(StormDevice.Outcome.Kind.SERVED)
                .mapToLong(Call::nanos)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
    }

    @Override
    public String toString() {
        return "offered %.0f/s, served %.0f/s, p50 %.1f ms, p99 %.1f ms, %s"
                .formatted(
                        offeredPerSecond(),
                        servedPerSecond(),
                        millis(0.5),
                        millis(0.99),
                        Arrays.stream(StormDevice.Outcome.Kind.values())
                                .map(kind -> kind + " " + count(kind))
                                .toList());
    }

    private Stream<Call> of(StormDevice.Outcome.Kind kind) {
        return calls.stream().filter(call -> call.outcome().kind() == kind);
    }

    private double seconds() {
        return (to - from) / 1e9;
    }
}
