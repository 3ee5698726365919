package dev.berth.bench;

import dev.berth.store.Collection;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.StoreListener;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.nio.file.Path;
import java.util.List;

/** The embedded store itself, with everything it does beside writing. */
final class RocksDbCandidate implements Candidate {
    private static final Collection DEVICES = Collection.of("devices", "state", "instance");

    private final EmbeddedStore store;

    RocksDbCandidate(Path directory) {
        store = EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), StoreListener.NONE);
    }

    @Override
    public void insert(List<Row> rows) {
        if (rows.size() == 1) {
            var row = rows.getFirst();
            store.insert(key(row.id()), row.body());
        } else {
            store.insertAll(
                    DEVICES,
                    rows.stream()
                            .map(row -> new NewDocument("contoso", row.id(), row.body()))
                            .toList());
        }
    }

    @Override
    public byte[] find(String id) {
        return store.find(key(id)).orElseThrow().body();
    }

    @Override
    public void close() {
        store.close();
    }

    private static Key key(String id) {
        return new Key(DEVICES, "contoso", id);
    }
}
