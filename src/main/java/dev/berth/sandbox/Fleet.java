package dev.berth.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Boots all devices at once, each on a virtual thread of its own, in the given order. */
final class Fleet {
    private static final Duration TELL_EVERY = Duration.ofMillis(200);
    private final FleetCounts counts;
    private final Progress progress;

    private final LongSupplier throttled;

    /** {@code throttled} tells how often DPS has answered 429 so far. */
    Fleet(FleetCounts counts, Progress progress, LongSupplier throttled) {
        this.counts = counts;
        this.progress = progress;
        this.throttled = throttled;
    }

    /** Returns when every device is done, with the instant at which the first began. */
    Instant run(List<? extends Callable<Registration>> boots) throws InterruptedException {
        var done = new CountDownLatch(boots.size());
        Instant start = Instant.now();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            boots.forEach(boot -> threads.execute(() -> {
                count(boot);
                done.countDown();
            }));
            while (!done.await(TELL_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                progress.tell(line(start, boots.size()));
            }
        }
        progress.end(line(start, boots.size()));
        return start;
    }

    private void count(Callable<Registration> boot) {
        try {
            switch (boot.call()) {
                case Registration.Assigned assigned -> counts.registered.incrementAndGet();
                case Registration.Failed failed -> failed(failed.message());
            }
        } catch (Exception failure) {
            failed(failure.toString());
        }
    }

    private void failed(String why) {
        counts.failed.incrementAndGet();
        counts.problem(why);
    }

    private String line(Instant start, int devices) {
        return "%5.1f s  %,d of %,d registered, %,d told when, %,d asleep, %,d failed, %,d x 429"
                .formatted(
                        Duration.between(start, Instant.now()).toMillis() / 1e3,
                        counts.registered.get(),
                        devices,
                        counts.assigned.get(),
                        counts.asleep.get(),
                        counts.failed.get(),
                        throttled.getAsLong());
    }
}
