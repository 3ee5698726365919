package dev.berth.bench;

import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The embedded store with documents the size of a device's and two indexes: durable inserts, one caller waiting for each; rows of bulk
 * inserts; and lookups of random documents, one after the other, in a small store and in a large one.
 */
public final class StoreBenchmark implements Benchmark {
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;

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
            StoreRows.fill(few, FEW);
            figures.add(Figure.atLeast(BULK_GOAL, "store-bulk", StoreRows.fill(many, MANY), "rows/s"));
        }
        try (var few = open("few"); // again, so that both are read from tables and not from the newest log
                var many = open("many")) {
            var lookupOfFew = StoreRows.lookupMicros(few, FEW);
            figures.add(Figure.atMost(LOOKUP_GOAL_MICROS, "store-lookup-10k", lookupOfFew, "µs"));
            figures.add(Figure.atMost(
                            GROWTH_GOAL * lookupOfFew, "store-lookup-1m", StoreRows.lookupMicros(many, MANY), "µs")
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

    private static double insertsPerSecond(DocumentStore store, int inFlight) throws Exception {
        var next = new AtomicLong(MANY * (long) inFlight);
        return Rounds.median(() -> Rounds.perSecond(
                inFlight, next, number -> store.insert(StoreRows.key(number), StoreRows.body(number))));
    }
}
