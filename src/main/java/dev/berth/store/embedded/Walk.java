package dev.berth.store.embedded;

import dev.berth.store.Collection;
import dev.berth.store.IndexedValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A walk through everything, at one moment. */
final class Walk {
    /** Something with one key and value. */
    @FunctionalInterface
    private interface Visit {
        void at(RocksIterator entry) throws RocksDBException;
    }

    private final RocksDB db;
    private final ReadOptions moment;
    private final Map<String, Collection> collections = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private long documents;
    private long expectedEntries;
    private long entries;

    private Walk(RocksDB db, ReadOptions moment) {
        this.db = db;
        this.moment = moment;
    }

    static Verification through(RocksDB db) throws RocksDBException {
        var snapshot = db.getSnapshot();
        try (var moment = new ReadOptions().setSnapshot(snapshot).setFillCache(false)) {
            return new Walk(db, moment).verification();
        } finally {
            db.releaseSnapshot(snapshot);
        }
    }

    private Verification verification() throws RocksDBException {
        visit(StoredKeys.DECLARATIONS, entry -> {
            var collection = StoredKeys.declared(entry.key(), entry.value());
            collections.put(collection.name(), collection);
        });
        visit(StoredKeys.DOCUMENTS, this::document);
        visit(StoredKeys.INDEXES, entry -> entries++);
        if (entries != expectedEntries) {
            find("the documents have " + expectedEntries + " index entries, the indexes " + entries);
        }
        return new Verification(documents, entries, List.copyOf(findings));
    }

    private void document(RocksIterator entry) throws RocksDBException {
        documents++;
        var name = StoredKeys.collectionName(entry.key());
        var collection = collections.get(name);
        if (collection == null) {
            find("documents of " + name + ", which was never declared");
            return;
        }
        var key = StoredKeys.key(collection, entry.key(), StoredKeys.collection(collection).length);
        for (var indexed : IndexedValues.of(
                        collection, StoredDocument.of(entry.value()).body())
                .entrySet()) {
            expectedEntries++;
            if (db.get(moment, StoredKeys.indexEntry(key, indexed.getKey(), indexed.getValue())) == null) {
                find(key + " is missing in the index of " + indexed.getKey());
            }
        }
    }

    private void visit(byte[] tag, Visit visit) throws RocksDBException {
        try (var end = new Slice(StoredKeys.end(tag));
                var options = new ReadOptions(moment).setIterateUpperBound(end);
                var iterator = db.newIterator(options)) {
            for (iterator.seek(tag); iterator.isValid(); iterator.next()) {
                visit.at(iterator);
            }
            iterator.status();
        }
    }

    private void find(String finding) {
        if (findings.size() < Limits.FINDINGS_MAX) {
            findings.add(finding);
        }
    }
}
