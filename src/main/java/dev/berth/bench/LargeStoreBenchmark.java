package dev.berth.bench;

import dev.berth.store.StoreListener;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.nio.file.Path;
import java.util.List;

/** The embedded store with ten million documents: how long it takes to open, and what a lookup costs beside one in a small store. Takes minutes. */
public final class LargeStoreBenchmark implements Benchmark {
    private static final int FEW = 10_000;
    private static final int MANY = 10_000_000;
    private static final double GROWTH_GOAL = 1.5;
    private static final double OPEN_GOAL_SECONDS = 2;

    private final Path directory;

    /** Needs about four gigabytes in an empty or new directory. */
    public LargeStoreBenchmark(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var few = open("few");
                var many = open("many")) {
            StoreRows.fill(few, FEW);
            StoreRows.fill(many, MANY);
        }
        long began = System.nanoTime();
        try (var many = open("many");
                var few = open("few")) {
            double opened = (System.nanoTime() - began) / 1e9;
            double lookupOfFew = StoreRows.lookupMicros(few, FEW);
            double lookupOfMany = StoreRows.lookupMicros(many, MANY);
            return List.of(
                    Figure.atMost(OPEN_GOAL_SECONDS, "store-open-10m", opened, "s"),
                    Figure.atMost(GROWTH_GOAL * lookupOfFew, "store-lookup-10m", lookupOfMany, "µs")
                            .against("store-lookup-10k", lookupOfFew));
        }
    }

    private EmbeddedStore open(String name) {
        return EmbeddedStore.open(directory.resolve(name), EmbeddedStoreOptions.defaults(), StoreListener.NONE);
    }
}
