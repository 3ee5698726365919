package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.StoreListener;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * The embedded store with documents the size of a device's and two indexes: durable inserts, one caller waiting for each; rows of bulk
 * inserts; and lookups of random documents, one after the other, in a small store and in a large one.
 */
public final class StoreBenchmark implements Benchmark {
    private static final Collection DEVICES = Collection.of("devices", "state", "instance");
    private static final String TENANT = "contoso";
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int ROWS_PER_CALL = 10_000;
    private static final int LOOKUPS_PER_ROUND = 50_000;
    private static final double NANOS_PER_MICRO = 1_000;

    private static final double INSERTS_GOAL = 20_000;
    private static final double INSERTS_OF_FEW_GOAL = 5_000;
    private static final double BULK_GOAL = 50_000;
    private static final double GROWTH_GOAL = 1.5;
    private static final double LOOKUP_GOAL_MICROS = 20;

    private final Path directory;

    /** Needs about one gigabyte in an empty or new directory. */
    public StoreBenchmark(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Figure> measure() throws Exception {
        var figures = new ArrayList<Figure>();
        try (var few = open("few");
                var many = open("many")) {
            fill(few, FEW);
            figures.add(Figure.atLeast(BULK_GOAL, "store-bulk", fill(many, MANY), "rows/s"));
        }
        try (var few = open("few"); // again, so that both are read from tables and not from the newest log
                var many = open("many")) {
            var lookupOfFew = lookupMicros(few, FEW);
            figures.add(Figure.atMost(LOOKUP_GOAL_MICROS, "store-lookup-10k", lookupOfFew, "µs"));
            figures.add(Figure.atMost(GROWTH_GOAL * lookupOfFew, "store-lookup-1m", lookupMicros(many, MANY), "µs")
                    .against("store-lookup-10k", lookupOfFew));
            figures.add(Figure.atLeast(
                    INSERTS_GOAL, "store-inserts", insertsPerSecond(many, 64), "inserts/s, 64 in flight"));
            figures.add(Figure.atLeast(
                    INSERTS_OF_FEW_GOAL, "store-inserts-16", insertsPerSecond(many, 16), "inserts/s, 16 in flight"));
        }
        return figures;
    }

    private EmbeddedStore open(String name) {
        return EmbeddedStore.open(directory.resolve(name), EmbeddedStoreOptions.defaults(), StoreListener.NONE);
    }

    /** Rows per second. */
    private static double fill(DocumentStore store, int count) {
        var began = System.nanoTime();
        for (var from = 0L; from < count; from += ROWS_PER_CALL) {
            store.insertAll(DEVICES, rows(from));
        }
        return count * 1e9 / (System.nanoTime() - began);
    }

    private static List<NewDocument> rows(long from) {
        return LongStream.range(from, from + ROWS_PER_CALL)
                .mapToObj(number -> new NewDocument(TENANT, id(number), body(number)))
                .toList();
    }

    private static double insertsPerSecond(DocumentStore store, int inFlight) throws Exception {
        var next = new AtomicLong(MANY * (long) inFlight);
        return Rounds.median(() -> Rounds.perSecond(
                inFlight, next, number -> store.insert(new Key(DEVICES, TENANT, id(number)), body(number))));
    }

    private static double lookupMicros(DocumentStore store, int count) throws Exception {
        var random = new Random(1);
        return Rounds.median(() -> {
            var began = System.nanoTime();
            for (var i = 0; i < LOOKUPS_PER_ROUND; i++) {
                requireFound(store.find(new Key(DEVICES, TENANT, id(random.nextInt(count)))));
            }
            return (System.nanoTime() - began) / NANOS_PER_MICRO / LOOKUPS_PER_ROUND;
        });
    }

    private static void requireFound(Optional<Document> document) {
        if (document.isEmpty()) {
            throw new IllegalStateException("a document is missing");
        }
    }

    /** Scattered, as the names of real devices are. */
    private static String id(long number) {
        return "device-%016x".formatted(number * 0x9E3779B97F4A7C15L);
    }

    private static byte[] body(long number) {
        return """
                {"state":"%s","instance":"dps-%d","registrationId":"%s","generation":1,"hardwareId":"%s",\
                "slot":"2026-11-21T12:%02d:%02d.123Z","tolerance":700,"owner":"contoso","group":"line-%d",\
                "thumbprint":"%016x%016x%016x%016x","geography":"europe","labels":{"site":"s%d","model":"m%d"}}""".formatted(
                        number % 3 == 0 ? "told" : "registered",
                        number % 10,
                        id(number),
                        id(~number),
                        number / 60 % 60,
                        number % 60,
                        number % 100,
                        number * 31,
                        number * 37,
                        number * 41,
                        number * 43,
                        number % 1000,
                        number % 50)
                .getBytes(UTF_8);
    }
}
