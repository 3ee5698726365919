package dev.berth.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Devices that ask again and again, each on a new connection, and what became of it between two moments. */
final class Storm {
    private static final StormDevice.Outcome SERVED = new StormDevice.Outcome(StormDevice.Outcome.Kind.SERVED, 0);

    private final long from;
    private final long to;
    private final List<Call> calls = new ArrayList<>();
    private final Queue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::until));
    private final SequencedSet<StormCall> open = new LinkedHashSet<>();

    private record Call(StormDevice.Outcome outcome, long nanos) {}

    private record Waiting(StormDevice device, long until) {}

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
    static Storm of(List<StormDevice> devices, Duration lead, Duration length, Pause pause) throws IOException {
        long began = System.nanoTime();
        var storm = new Storm(began + lead.toNanos(), began + lead.plus(length).toNanos());
        try (var selector = Selector.open()) {
            devices.forEach(device -> storm.pause(device, pause.after(SERVED)));
            storm.run(selector, pause);
        }
        return storm;
    }

    /** Who asks before the end gets its answer. */
    private void run(Selector selector, Pause pause) throws IOException {
        for (long now = System.nanoTime(); now < to || !open.isEmpty(); now = System.nanoTime()) {
            begin(selector, now);
            selector.selectedKeys().clear();
            selector.select(1);
            for (var key : selector.selectedKeys()) {
                var call = (StormCall) key.attachment();
                call.advance().ifPresent(outcome -> end(call, outcome, pause));
            }
            endTooLate(now - StormDevice.WAIT_MAX.toNanos(), pause);
        }
    }

    private void begin(Selector selector, long now) throws IOException {
        while (now < to && !waiting.isEmpty() && waiting.element().until() <= now) {
            open.add(waiting.remove().device().begin(selector));
        }
    }

    private void endTooLate(long begunBefore, Pause pause) {
        while (!open.isEmpty() && open.getFirst().beganNanos() < begunBefore) {
            end(open.getFirst(), open.getFirst().tooLate(), pause);
        }
    }

    private void end(StormCall call, StormDevice.Outcome outcome, Pause pause) {
        long now = System.nanoTime();
        open.remove(call);
        if (call.beganNanos() >= from) {
            calls.add(new Call(outcome, now - call.beganNanos()));
        }
        pause(call.device(), pause.after(outcome));
        call.close();
    }

    private void pause(StormDevice device, Duration pause) {
        waiting.add(new Waiting(device, System.nanoTime() + pause.toNanos()));
    }

    /** Both, as if they had been one. */
    Storm and(Storm other) {
        var both = new Storm(from, to + (other.to - other.from));
        both.calls.addAll(calls);
        both.calls.addAll(other.calls);
        return both;
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
