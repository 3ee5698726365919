package dev.berth.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.StoreListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, again and again on the same directory. {@code -Ddev.berth.crash.rounds=1000} sets how often, {@code
 * -Ddev.berth.crash.seed=S} repeats the times of the kills.
 */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("dev.berth.crash.rounds", 50);
    private static final int ROUNDS_PER_DIRECTORY = 10;
    private static final Duration LIFE_MAX = Duration.ofMillis(400);

    /** Some are killed before they are ready: while they open what the one before left. */
    private static final double EARLY_SHARE = 0.15;

    private static final Duration EARLY_LIFE_MAX = Duration.ofMillis(900);

    @TempDir
    private Path directories;

    private final long seed = Long.getLong("dev.berth.crash.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private Acknowledged acknowledged = new Acknowledged();

    @Test
    void aKilledProcessLosesNoAcknowledgedWriteAndLeavesNoHalfOfOne() throws Exception {
        var writes = 0L;
        for (var round = 1; round <= ROUNDS; round++) {
            var directory = directories.resolve("store" + round / ROUNDS_PER_DIRECTORY);
            if (round % ROUNDS_PER_DIRECTORY == 0) {
                writes += acknowledged.count();
                acknowledged = new Acknowledged();
            }
            crash(directory, round);
            verify(directory, round);
        }
        writes += acknowledged.count();
        System.out.printf("%d kills, %d acknowledged writes, seed %d%n", ROUNDS, writes, seed);
        assertThat(writes).isGreaterThan(ROUNDS);
    }

    private void crash(Path directory, int round) throws Exception {
        try (var process = ChildProcess.start(CrashingProcess.class, directory.toString(), Integer.toString(round));
                var reading = Executors.newVirtualThreadPerTaskExecutor()) {
            var ready = new CompletableFuture<Void>();
            var heard = reading.submit(() -> listen(process, ready));
            if (random.nextDouble() < EARLY_SHARE) {
                live(process, EARLY_LIFE_MAX);
            } else {
                ready.get(60, TimeUnit.SECONDS);
                live(process, LIFE_MAX);
            }
            process.kill();
            heard.get();
            assertThat(process.process().exitValue())
                    .as("killed by us, seed %d", seed)
                    .isEqualTo(128 + 9);
        }
    }

    private void live(ChildProcess process, Duration max) throws InterruptedException {
        process.process().waitFor(random.nextLong(max.toNanos()), TimeUnit.NANOSECONDS);
    }

    private int listen(ChildProcess process, CompletableFuture<Void> ready) {
        var lines = 0;
        try {
            for (var line = process.readLine(); line != null; line = process.readLine()) {
                acknowledged.hear(line);
                ready.complete(null);
                lines++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private void verify(Path directory, int round) {
        try (var store = EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), StoreListener.NONE)) {
            acknowledged.requireIn(store);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("round " + round + ", seed " + seed + ": " + e.getMessage(), e);
        }
    }
}
