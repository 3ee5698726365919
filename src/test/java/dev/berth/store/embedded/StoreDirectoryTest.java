package dev.berth.store.embedded;

import static dev.berth.store.embedded.EmbeddedStoreFixture.A;
import static dev.berth.store.embedded.EmbeddedStoreFixture.DEVICES;
import static dev.berth.store.embedded.EmbeddedStoreFixture.TOLD;
import static dev.berth.store.embedded.EmbeddedStoreFixture.device;
import static dev.berth.store.embedded.EmbeddedStoreFixture.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.store.NewDocument;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import dev.berth.store.embedded.StoreOpenException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoryTest {
    private static final int DOCUMENTS = 5_000;

    @TempDir
    private Path directory;

    @Test
    void makesTheDirectoryAndItsParents() {
        directory = directory.resolve("deep/er");
        try (var store = open()) {
            store.insert(A, TOLD);
        }
        assertThat(directory.resolve("FORMAT")).hasContent("berth-store 1\n");
        try (var store = open()) {
            assertThat(store.find(A)).isPresent();
        }
    }

    @Test
    void refusesADirectoryThatThisProcessHolds() {
        try (var store = open()) {
            refused(Reason.HELD);
            refused(Reason.HELD);
            store.insert(A, TOLD);
        }
        open().close();
    }

    @Test
    void refusesADirectoryThatAnotherProcessHolds() throws Exception {
        try (var other = ChildProcess.start(HoldingProcess.class, directory.toString(), "0")) {
            assertThat(other.readLine()).isEqualTo("held");
            refused(Reason.HELD);
        }
        open().close();
    }

    @Test
    void refusesADirectoryOfSomebodyElse() throws IOException {
        Files.writeString(directory.resolve("thesis.txt"), "mine");
        refused(Reason.FOREIGN);
    }

    @Test
    void refusesAFile() throws IOException {
        directory = Files.writeString(directory.resolve("file"), "mine");
        assertThatExceptionOfType(StoreOpenException.class)
                .isThrownBy(this::open)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN));
        assertThat(directory).hasContent("mine");
    }

    @Test
    void refusesADirectoryThatCannotBeMade() {
        directory = Path.of("/proc/berth-store");
        assertThatExceptionOfType(StoreOpenException.class)
                .isThrownBy(this::open)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_WRITABLE))
                .withMessageContaining("/proc/berth-store");
    }

    @Test
    void refusesANewerFormat() throws IOException {
        fill();
        Files.writeString(directory.resolve("FORMAT"), "berth-store 2\n");
        refused(Reason.NEWER_FORMAT);
    }

    @Test
    void refusesAFormatThatIsNone() throws IOException {
        fill();
        Files.writeString(directory.resolve("FORMAT"), "PK");
        refused(Reason.CORRUPT);
    }

    @Test
    void neverTakesAStoreWithoutItsFilesForANewOne() throws IOException {
        fill();
        try (var files = Files.walk(directory.resolve("db"))) {
            files.sorted(Comparator.reverseOrder()).forEach(StoreDirectoryTest::delete);
        }
        refused(Reason.CORRUPT);
        refused(Reason.CORRUPT);
    }

    @Test
    void beginsAgainWhereAFirstStartWasKilled() throws IOException {
        Files.writeString(directory.resolve("LOCK"), "");
        Files.writeString(directory.resolve("FORMAT.draft"), "ber");
        open().close();
        Files.writeString(directory.resolve("FORMAT"), "berth-store 1 new\n");
        open().close();
        assertThat(directory.resolve("FORMAT")).hasContent("berth-store 1\n");
    }

    @Test
    void refusesALogWithADamagedByteInTheMiddle() throws IOException {
        fill();
        damage(".log", 0.5);
        refused(Reason.CORRUPT);
    }

    @Test
    void takesALogWhoseLastRecordIsTorn() throws IOException {
        fill();
        try (var log = new RandomAccessFile(file(".log").toFile(), "rw")) {
            log.setLength(log.length() - 3);
        }
        try (var store = open()) {
            assertThat(store.find(A)).isPresent();
            assertThat(store.find(device("last"))).isEmpty();
            assertThat(store.verify().isSound()).isTrue();
        }
    }

    @Test
    void refusesADamagedManifest() throws IOException {
        fill();
        damage("MANIFEST", 0.5);
        refused(Reason.CORRUPT);
    }

    @Test
    void refusesAMissingTable() throws IOException {
        fill();
        open().close(); // moves the log into a table
        Files.delete(file(".sst"));
        refused(Reason.CORRUPT);
    }

    @Test
    void refusesATableThatIsCutShort() throws IOException {
        fill();
        open().close();
        try (var table = new RandomAccessFile(file(".sst").toFile(), "rw")) {
            table.setLength(table.length() - 10);
        }
        refused(Reason.CORRUPT);
    }

    @Test
    void aDamagedBlockIsUnavailableAndNeverAWrongAnswer() throws IOException {
        fill();
        open().close();
        damage(".sst", 0.3);
        try (var store = open()) {
            assertThat(unavailable(store::verify)).hasMessageContaining("Corruption");
            assertThat(unavailable(() -> IntStream.range(0, DOCUMENTS)
                            .forEach(i -> assertThat(store.find(device("d" + i))
                                            .orElseThrow()
                                            .body())
                                    .isEqualTo(TOLD))))
                    .hasMessageContaining("Corruption");
            assertThat(store.insert(device("new"), TOLD)).isNotNull();
            assertThat(store.scan(DEVICES, "tenant", PageRequest.first(1)).documents())
                    .hasSize(1);
        }
    }

    private EmbeddedStore open() {
        return EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), StoreListener.NONE);
    }

    private void fill() {
        try (var store = open()) {
            store.insert(A, TOLD);
            store.insertAll(
                    DEVICES,
                    IntStream.range(0, DOCUMENTS)
                            .mapToObj(i -> new NewDocument("tenant", "d" + i, TOLD))
                            .toList());
            store.insert(device("last"), TOLD);
        }
    }

    private void refused(Reason reason) {
        var before = contents();
        assertThatExceptionOfType(StoreOpenException.class)
                .isThrownBy(this::open)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .withMessageContaining(directory.toString());
        assertThat(contents()).as("nothing is overwritten").containsAllEntriesOf(before);
    }

    /** Digests of all files, without RocksDB's diary. */
    private Map<String, String> contents() {
        var contents = new TreeMap<String, String>();
        try (var files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("LOG"))
                    .forEach(file -> contents.put(file.toString(), digest(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return contents;
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().toHexDigits(Arrays.hashCode(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path file(String part) throws IOException {
        try (var files = Files.list(directory.resolve("db"))) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private void damage(String part, double where) throws IOException {
        try (var file = new RandomAccessFile(file(part).toFile(), "rw")) {
            var at = (long) (file.length() * where);
            file.seek(at);
            var damaged = ~file.read();
            file.seek(at);
            file.write(damaged);
        }
    }
}
