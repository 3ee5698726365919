package dev.berth.moving;

import static dev.berth.moving.House.DEVICES;
import static dev.berth.moving.House.INVENTORY;
import static dev.berth.moving.House.NOW;
import static dev.berth.moving.House.body;
import static dev.berth.moving.House.contents;
import static dev.berth.moving.House.device;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.Key;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives, what is refused, and what an interruption leaves. */
class MovingTest {
    private static final int MANY = 2 * Import.BATCH_DOCUMENTS_MAX + 1;

    private final InMemoryDocumentStore source = new InMemoryDocumentStore();
    private final InMemoryDocumentStore target = new InMemoryDocumentStore();
    private byte[] export = {};

    @BeforeEach
    void furnish() throws IOException {
        House.furnish(source, 100);
        export = House.export(source, "e");
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    @Test
    void everythingArrives() throws IOException {
        assertThat(House.importInto(target, export)).isEqualTo(new Import.Outcome.Done(100 + House.OTHERS, 0));
        assertThat(contents(target)).isEqualTo(contents(source)).hasSize(100 + House.OTHERS);
    }

    @Test
    void nothingAtAllCanBeMoved() throws IOException {
        try (var empty = new InMemoryDocumentStore()) {
            assertThat(House.importInto(target, House.export(empty, "e"))).isEqualTo(new Import.Outcome.Done(0, 0));
        }
    }

    @Test
    void movingOnLeavesTheMarkOfTheFirstMoveBehind() throws IOException {
        House.importInto(target, export);
        try (var third = new InMemoryDocumentStore()) {
            assertThat(House.importInto(third, House.export(target, "f")))
                    .isEqualTo(new Import.Outcome.Done(100 + House.OTHERS, 0));
            assertThat(contents(third)).isEqualTo(contents(source));
        }
    }

    @Test
    void theSameDocumentsMakeTheSameLines() throws IOException {
        House.importInto(target, export);
        assertThat(withoutHeaderAndEnd(House.export(target, "f"))).isEqualTo(withoutHeaderAndEnd(export));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anImportThatWasInterruptedGoesOn(int batch) throws IOException {
        House.furnish(source, MANY);
        export = House.export(source, "e");
        target.before((operation, collection, key) -> {
            if (key != null && key.equals(device((batch - 1) * Import.BATCH_DOCUMENTS_MAX))) {
                throw new StoreUnavailableException("cut off", true, Duration.ZERO, null);
            }
        });
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> House.importInto(target, export));
        assertThat(ImportMark.unfinished(target))
                .hasValueSatisfying(mark -> assertThat(mark.export()).isEqualTo("e"));

        target.before((operation, collection, key) -> {});
        assertThat(House.importInto(target, export)).isInstanceOfSatisfying(Import.Outcome.Done.class, done -> {
            assertThat(done.documents()).isEqualTo(MANY + House.OTHERS);
            assertThat(done.wereThere()).isPositive();
        });
        assertThat(contents(target)).isEqualTo(contents(source));
        assertThat(ImportMark.unfinished(target)).isEmpty();
    }

    @Test
    void whatIsThereUnderAnotherSpellingCountsAsDone() throws IOException {
        begin("e");
        target.insert(
                device(3), "{ \"number\":3, \"ownerState\":\"contoso/told\", \"owner\":\"contoso\" }".getBytes(UTF_8));

        assertThat(House.importInto(target, export)).isEqualTo(new Import.Outcome.Done(99 + House.OTHERS, 1));
    }

    @Test
    void whatIsThereWithOtherContentStaysAndIsNamed() throws IOException {
        begin("e");
        target.insert(device(3), body(4));

        assertThat(House.importInto(target, export)).isEqualTo(new Import.Outcome.Different(device(3)));
        assertThat(target.find(device(3)).orElseThrow().body()).isEqualTo(body(4));
        assertThat(ImportMark.unfinished(target)).as("no service starts there").isPresent();
    }

    @Test
    void aTargetThatHoldsAnythingIsRefused() throws IOException {
        for (var collection : House.COLLECTIONS) {
            try (var inhabited = new InMemoryDocumentStore()) {
                var key = new Key(collection, "contoso/eu", "lodger");
                inhabited.insert(key, "{}".getBytes(UTF_8));

                assertThat(House.importInto(inhabited, export)).isEqualTo(new Import.Outcome.TargetNotEmpty(key));
                assertThat(inhabited.writes()).isEqualTo(1);
            }
        }
    }

    @Test
    void twoExportsAreNotMixed() throws IOException {
        begin("f");

        assertThat(House.importInto(target, export)).isInstanceOf(Import.Outcome.OtherImport.class);
        assertThat(contents(target)).isEmpty();
    }

    @Test
    void anExportIsTakenOnce() throws IOException {
        House.importInto(target, export);
        var version = target.find(device(3)).orElseThrow().version();
        target.replace(device(3), body(4), version);

        assertThat(House.importInto(target, export)).isEqualTo(new Import.Outcome.DoneBefore(NOW));
        assertThat(target.find(device(3)).orElseThrow().body()).isEqualTo(body(4));
    }

    @Test
    void anExportThatBreaksOffLeavesAnUnfinishedImport() throws IOException {
        assertThatExceptionOfType(UnreadableExportException.class)
                .isThrownBy(() -> House.importInto(target, Arrays.copyOf(export, export.length / 2)));
        assertThat(ImportMark.unfinished(target)).isPresent();

        assertThat(House.importInto(target, export)).isInstanceOf(Import.Outcome.Done.class);
    }

    @Test
    void halfAStoreIsNotExported() throws IOException {
        begin("e");

        assertThat(run(target, true)).isInstanceOf(Export.Outcome.SourceIncomplete.class);
    }

    @Test
    void aSharedStoreThatStandsStillIsExported() throws IOException {
        assertThat(run(source, false)).isInstanceOf(Export.Outcome.Done.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert", "replace", "delete"})
    void aWriteDuringTheExportOfASharedStoreFailsIt(String write) throws IOException {
        onceTheDevicesWereRead(() -> {
            var version = source.find(device(3)).orElseThrow().version();
            switch (write) {
                case "insert" -> source.insert(device(100), body(100));
                case "replace" -> source.replace(device(3), body(3), version);
                case "delete" -> source.delete(device(3), version);
                default -> throw new IllegalArgumentException(write);
            }
        });

        assertThat(run(source, false)).isEqualTo(new Export.Outcome.SourceChanged());
    }

    @Test
    void aStoreThatIsAwayForAWhileIsWaitedFor() throws IOException {
        var waits = new ArrayList<Duration>();
        var calls = new AtomicInteger();
        target.before((operation, collection, key) -> {
            if (calls.incrementAndGet() % 50 == 0 && waits.size() < 3) {
                throw new StoreUnavailableException("overloaded", false, Duration.ofMinutes(5), null);
            }
        });
        var patient = new Import(target, House.COLLECTIONS, new StoreCalls(waits::add), () -> NOW, House.silent());

        assertThat(patient.run(House.reader(export))).isInstanceOf(Import.Outcome.Done.class);
        assertThat(waits).hasSize(3).allMatch(StoreCalls.WAIT_MAX::equals);
        assertThat(contents(target)).isEqualTo(contents(source));
    }

    @Test
    void aStoreThatStaysAwayIsGivenUp() {
        var waits = new ArrayList<Duration>();
        source.before((operation, collection, key) -> {
            throw new StoreUnavailableException("away", false, Duration.ofSeconds(1), null);
        });
        var patient = new Export(source, House.COLLECTIONS, new StoreCalls(waits::add), House.silent());

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> patient.run(new ByteArrayOutputStream(), House.header("e"), true));
        assertThat(waits).hasSize(StoreCalls.ATTEMPTS_MAX - 1);
    }

    @Test
    void progressIsToldNowAndThen() {
        var clock = new long[1];
        var told = new ArrayList<String>();
        var progress = new Progress("exported", () -> clock[0], told::add);
        for (var documents = 1; documents <= 12; documents++) {
            clock[0] += Duration.ofSeconds(1).toNanos();
            progress.reached(1_000L * documents);
        }
        assertThat(told)
                .containsExactly(
                        "exported 5,000 documents in 5.0 s (1,000/s)", "exported 10,000 documents in 10.0 s (1,000/s)");
    }

    private void begin(String name) {
        var _ = new ImportMark(name, NOW, null).insertOrFind(target);
    }

    private static Export.Outcome run(InMemoryDocumentStore store, boolean isHeldAlone) throws IOException {
        return new Export(store, House.COLLECTIONS, House.CALLS, House.silent())
                .run(new ByteArrayOutputStream(), House.header("g"), isHeldAlone);
    }

    private void onceTheDevicesWereRead(Runnable write) {
        source.before((operation, collection, key) -> {
            if (operation == Operation.SCAN_COLLECTION
                    && !collection.equals(INVENTORY)
                    && !collection.equals(DEVICES)) {
                source.before((again, any, nothing) -> {});
                write.run();
            }
        });
    }

    private static String withoutHeaderAndEnd(byte[] export) {
        var lines = new String(export, UTF_8).lines().toList();
        return String.join("\n", lines.subList(1, lines.size() - 1));
    }
}
