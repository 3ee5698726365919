package dev.berth.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore: one map of documents, one of index entries. */
final class MvStoreCandidate extends GroupedCandidate {
    private static final int CACHE_MEBIBYTES = 64;

    private final MVStore store;
    private final MVMap<String, byte[]> documents;
    private final MVMap<String, Boolean> indexes;

    MvStoreCandidate(Path directory) {
        store = new MVStore.Builder()
                .fileName(directory.resolve("mvstore.db").toString())
                .cacheSize(CACHE_MEBIBYTES)
                .autoCommitDisabled()
                .open();
        documents = store.openMap("documents");
        indexes = store.openMap("indexes");
        start();
    }

    @Override
    void commit(List<Row> rows) {
        for (var row : rows) {
            if (documents.putIfAbsent(row.id(), row.body()) == null) {
                indexes.put("state " + row.state() + " " + row.id(), true);
                indexes.put("instance " + row.instance() + " " + row.id(), true);
            }
        }
        store.commit();
        store.sync();
    }

    @Override
    public byte[] find(String id) {
        return Objects.requireNonNull(documents.get(id));
    }

    @Override
    void closeEngine() {
        store.close();
    }
}
