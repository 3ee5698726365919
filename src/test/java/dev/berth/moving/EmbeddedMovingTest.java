package dev.berth.moving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Collection;
import dev.berth.store.NewDocument;
import dev.berth.store.StoreListener;
import dev.berth.store.embedded.ChildProcess;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one directory into another, in processes of their own. {@code -Ddev.berth.moving.seed=S} repeats the times of the kills. */
class EmbeddedMovingTest {
    private static final int DEVICES = 8 * Import.BATCH_DOCUMENTS_MAX;
    private static final int KILLS = 3;
    private static final long KILL_DELAY_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
    private static final String HEAP = "256m";

    /** Half of what is moved through it. */
    private static final String HEAP_SMALL = "32m";

    private static final int LARGE_DEVICES = 8_192;
    private static final int LARGE_BODY_BYTES = 8_192;

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("dev.berth.moving.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void anImportThatIsKilledAgainAndAgainGoesOnUntilEverythingIsThere() throws Exception {
        System.out.println("seed " + seed);
        try (var source = open("source")) {
            House.furnish(source, DEVICES);
        }
        finish("export", "source", "e", HEAP);
        for (var kill = 1; kill <= KILLS; kill++) {
            killAfter(kill);
        }
        try (var half = open("target")) {
            assertThat(ImportMark.unfinished(half)).isPresent();
            assertThat(House.contents(half)).isNotEmpty().hasSizeLessThan(DEVICES + House.OTHERS);
        }

        finish("import", "target", "e", HEAP);

        try (var source = open("source");
                var target = open("target")) {
            assertThat(House.contents(target)).isEqualTo(House.contents(source)).hasSize(DEVICES + House.OTHERS);
            assertThat(target.verify().findings()).isEmpty();
            assertThat(ImportMark.unfinished(target)).isEmpty();
        }
    }

    @Test
    void whatIsMovedMayBeLargerThanTheHeap() throws Exception {
        try (var source = open("source")) {
            var filling = "x".repeat(LARGE_BODY_BYTES);
            for (var from = 0; from < LARGE_DEVICES; from += 512) {
                source.insertAll(
                        House.DEVICES,
                        IntStream.range(from, from + 512)
                                .mapToObj(number -> large(number, filling))
                                .toList());
            }
        }

        finish("export", "source", "e", HEAP_SMALL);
        finish("import", "target", "e", HEAP_SMALL);
        finish("export", "target", "f", HEAP_SMALL);

        assertThat(Files.size(directory.resolve("e"))).isGreaterThan((long) LARGE_DEVICES * LARGE_BODY_BYTES);
        assertThat(Files.mismatch(directory.resolve("e"), directory.resolve("f")))
                .isEqualTo(-1);
    }

    private static NewDocument large(int number, String filling) {
        var body = "{\"owner\":\"contoso\",\"filling\":\"" + filling + "\"}";
        return new NewDocument(House.device(number).partition(), "device", body.getBytes(UTF_8));
    }

    private void killAfter(int batches) throws IOException, InterruptedException {
        try (var process = start("import", "target", "e", HEAP)) {
            for (var batch = 0; batch < batches; batch++) {
                assertThat(process.readLine()).as("seed %d", seed).startsWith("imported");
            }
            process.process().waitFor(random.nextLong(KILL_DELAY_MAX_NANOS), TimeUnit.NANOSECONDS);
            process.kill();
        }
    }

    private void finish(String verb, String store, String file, String heap) throws IOException, InterruptedException {
        try (var process = start(verb, store, file, heap)) {
            while (process.readLine() != null) {
                // says how far it is
            }
            assertThat(process.process().waitFor())
                    .as("%s, seed %d", verb, seed)
                    .isZero();
        }
    }

    private ChildProcess start(String verb, String store, String file, String heap) throws IOException {
        return ChildProcess.startWithHeap(
                heap,
                MovingProcess.class,
                verb,
                directory.resolve(store).toString(),
                directory.resolve(file).toString());
    }

    private EmbeddedStore open(String name) {
        var store = EmbeddedStore.open(directory.resolve(name), EmbeddedStoreOptions.defaults(), StoreListener.NONE);
        store.declare(House.COLLECTIONS.toArray(Collection[]::new));
        return store;
    }
}
