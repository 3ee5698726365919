package dev.berth.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Repeated measurements, of which the median counts: a neighbour's burst of work spoils one round, not the figure. */
final class Rounds {
    static final int COUNT = 5;
    private static final Duration LENGTH = Duration.ofSeconds(2);

    private Rounds() {}

    /** Something that is measured once. */
    @FunctionalInterface
    interface Round {
        double measure() throws Exception;
    }

    /** After a round that only warms up. */
    static double median(Round round) throws Exception {
        round.measure();
        var values = new ArrayList<Double>(COUNT);
        for (var i = 0; i < COUNT; i++) {
            values.add(round.measure());
        }
        return median(values);
    }

    /** Of what else the rounds told; the one that only warmed up is not among them. */
    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** How often per second {@code callers} virtual threads get {@code call} done; it is given numbers from {@code next}. */
    static double perSecond(int callers, AtomicLong next, LongConsumer call) throws InterruptedException {
        var done = new AtomicLong();
        var began = System.nanoTime();
        var end = began + LENGTH.toNanos();
        var threads = new Thread[callers];
        for (var i = 0; i < callers; i++) {
            threads[i] = Thread.startVirtualThread(() -> {
                while (System.nanoTime() - end < 0) {
                    call.accept(next.getAndIncrement());
                    done.incrementAndGet();
                }
            });
        }
        for (var thread : threads) {
            thread.join();
        }
        return done.get() * 1e9 / (System.nanoTime() - began);
    }
}
