package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.StoredCollections;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Moving house by the verbs, each a process of its own with a small heap: an embedded store with few devices, and one with many, is
 * exported, imported into an empty directory, and exported from there. Both files must hold the same lines.
 */
public final class MovingBenchmark implements Benchmark {
    private static final Collection DEVICES = StoredCollections.ALL.get(1);
    private static final int FEW = 100_000;
    private static final int MANY = 1_000_000;
    private static final int ROWS_PER_CALL = 10_000;
    private static final String HEAP = "-Xmx64m";

    private static final double EXPORT_GOAL = 20_000;
    private static final double IMPORT_GOAL = 10_000;
    private static final double MEMORY_GOAL_MEBIBYTES = 300;

    private final List<String> launcher;
    private final Path directory;

    /** {@code launcher} is the command that runs {@code berth}, without a verb. Needs three gigabytes in the directory. */
    public MovingBenchmark(List<String> launcher, Path directory) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
    }

    @Override
    public List<Figure> measure() throws Exception {
        var figures = new ArrayList<Figure>();
        figures.addAll(move("100k", FEW));
        figures.addAll(move("1m", MANY));
        return figures;
    }

    private List<Figure> move(String name, int devices) throws Exception {
        Files.createDirectories(directory);
        var source = directory.resolve(name + "-source");
        var target = directory.resolve(name + "-target");
        var first = directory.resolve(name + "-first.ndjson");
        var second = directory.resolve(name + "-second.ndjson");
        fill(source, devices);
        var exported = run("export", source, first);
        var imported = run("import", target, first);
        var _ = run("export", target, second);
        requireSameDocuments(first, second);
        return List.of(
                Figure.atLeast(EXPORT_GOAL, "export-" + name, devices / exported.seconds(), "documents/s"),
                Figure.atLeast(IMPORT_GOAL, "import-" + name, devices / imported.seconds(), "documents/s"),
                Figure.atMost(MEMORY_GOAL_MEBIBYTES, "export-rss-" + name, exported.peakMebibytes(), "MiB at most"),
                Figure.atMost(MEMORY_GOAL_MEBIBYTES, "import-rss-" + name, imported.peakMebibytes(), "MiB at most"));
    }

    private MeasuredRun run(String verb, Path store, Path file) throws IOException, InterruptedException {
        var command = new ArrayList<>(launcher);
        command.removeIf(option -> option.matches("-XX:\\+Use.*GC|-Xmx.*"));
        command.addAll(1, List.of("-XX:+UseSerialGC", HEAP, "-Dberth.store.directory=" + store));
        command.addAll(List.of(verb, file.toString()));
        return MeasuredRun.of(command, directory.resolve("moving.out"));
    }

    private static void fill(Path path, int devices) {
        try (var store = EmbeddedStore.open(path, EmbeddedStoreOptions.defaults(), StoreListener.NONE)) {
            store.declare(StoredCollections.ALL.toArray(Collection[]::new));
            for (var collection : StoredCollections.ALL) {
                store.insert(new Key(collection, "contoso/eu", "one"), "{\"kind\":\"one\"}".getBytes(UTF_8));
            }
            for (var from = 0; from < devices; from += ROWS_PER_CALL) {
                insert(store, from);
            }
        }
    }

    private static void insert(DocumentStore store, int from) {
        var _ = store.insertAll(
                DEVICES,
                IntStream.range(from, from + ROWS_PER_CALL)
                        .mapToObj(MovingBenchmark::device)
                        .toList());
    }

    /** As long as a device's document is, under a name as scattered as those of real devices are. */
    private static NewDocument device(int number) {
        var name = "device-%016x".formatted(number * 0x9E3779B97F4A7C15L);
        var body = """
                {"format":1,"origin":"contoso","owner":"contoso","registrationId":"%s","hardwareId":"%s","trustAnchor":"factory",\
                "thumbprint":"%064x","firstSeen":"2026-11-21T12:00:00.123Z","stateSince":"2026-11-21T12:%02d:%02d.456Z",\
                "slotsPaidUntil":"2026-11-21T12:00:00Z","ownerState":"contoso/registered","state":"registered","instance":"contoso/dps-%d",\
                "generation":1,"slot":"2026-11-21T12:%02d:%02d.123Z","assignedHub":"hub-%d.azure-devices.net","deviceId":"%s"}""".formatted(
                        name,
                        name,
                        number,
                        number / 60 % 60,
                        number % 60,
                        number % 10,
                        number / 60 % 60,
                        number % 60,
                        number % 20,
                        name);
        return new NewDocument("contoso/" + name, "device", body.getBytes(UTF_8));
    }

    private static void requireSameDocuments(Path first, Path second) throws IOException {
        try (var one = Files.newBufferedReader(first);
                var other = Files.newBufferedReader(second)) {
            one.readLine(); // each has a header of its own, and with it another SHA-256 at its end
            other.readLine();
            @Nullable String line = one.readLine();
            while (line != null && !isEnd(line)) {
                requireNext(other, line);
                line = one.readLine();
            }
            if (!isEnd(other.readLine())) {
                throw new IllegalStateException("there are more documents than were moved");
            }
        }
    }

    private static void requireNext(BufferedReader other, String line) throws IOException {
        if (!line.equals(other.readLine())) {
            throw new IllegalStateException("did not arrive as it was: " + line);
        }
    }

    private static boolean isEnd(@Nullable String line) {
        return line != null && line.startsWith("{\"documents\"");
    }
}
