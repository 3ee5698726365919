package dev.berth.store.embedded;

import dev.berth.store.Collection;
import dev.berth.store.IndexedValues;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/**
 * Which fields of which collection are indexed on disk, and how that follows the program. The fields that an index covers completely
 * are recorded beside it; when a program declares others, the writer thread drops and builds indexes before it goes on.
 */
final class Indexes {
    private static final System.Logger LOG = System.getLogger(Indexes.class.getName());

    private final Engine engine;
    private final Map<String, Collection> declared = new ConcurrentHashMap<>();

    Indexes(Engine engine) {
        this.engine = engine;
    }

    /** Whether the collection was declared in this process; two declarations of one name are a mistake of the program. */
    boolean isDeclared(Collection collection) {
        var known = declared.get(collection.name());
        if (known != null && !known.equals(collection)) {
            throw new IllegalArgumentException(
                    "collection " + collection.name() + " was declared with the fields " + known.indexedFields());
        }
        return known != null;
    }

    /** The collections that were declared in any process. */
    static Set<String> names(RocksDB db) throws RocksDBException {
        var names = new HashSet<String>();
        try (var end = new Slice(StoredKeys.end(StoredKeys.DECLARATIONS));
                var options = new ReadOptions().setIterateUpperBound(end);
                var declarations = db.newIterator(options)) {
            for (declarations.seek(StoredKeys.DECLARATIONS); declarations.isValid(); declarations.next()) {
                names.add(StoredKeys.declared(declarations.key(), declarations.value())
                        .name());
            }
            declarations.status();
            return names;
        }
    }

    /** Writer thread only. A crash on the way leaves the old record, and the next declaration starts again. */
    void declare(Collection collection) throws RocksDBException {
        var recorded = recorded(collection);
        if (recorded.isEmpty()) {
            record(collection, Set.of());
        } else if (!recorded.get().equals(collection.indexedFields())) {
            change(collection, recorded.get());
        }
        declared.putIfAbsent(collection.name(), collection);
    }

    private void change(Collection collection, Set<String> recorded) throws RocksDBException {
        LOG.log(
                Level.INFO,
                "indexes of {0} change from {1} to {2}",
                collection.name(),
                recorded,
                collection.indexedFields());
        var added = minus(collection.indexedFields(), recorded);
        try (var batch = new WriteBatch()) {
            drop(
                    batch,
                    collection,
                    added); // a build that a crash ended may have left some, which nobody kept up to date
            engine.write(batch);
        }
        if (!added.isEmpty()) {
            build(Collection.of(collection.name(), added.toArray(String[]::new)));
        }
        record(collection, minus(recorded, collection.indexedFields()));
    }

    private Optional<Set<String>> recorded(Collection collection) {
        var key = StoredKeys.declaration(collection.name());
        return engine.get(key).map(fields -> StoredKeys.declared(key, fields).indexedFields());
    }

    private void record(Collection collection, Set<String> dropped) throws RocksDBException {
        var fields = StoredKeys.fields(collection.indexedFields());
        try (var batch = new WriteBatch()) {
            drop(batch, collection, dropped);
            batch.put(StoredKeys.declaration(collection.name()), fields);
            engine.write(batch);
        }
    }

    private static void drop(WriteBatch batch, Collection collection, Set<String> fields) throws RocksDBException {
        for (var field : fields) {
            var prefix = StoredKeys.index(collection, field);
            batch.deleteRange(prefix, StoredKeys.end(prefix));
        }
    }

    private void build(Collection added) throws RocksDBException {
        var rows = 0L;
        for (var next = Optional.of(StoredKeys.collection(added)); next.isPresent(); ) {
            next = buildFrom(next.get(), added);
            rows += Limits.REBUILD_ROWS_MAX;
            LOG.log(Level.INFO, "building indexes of {0}: at most {1} documents so far", added.name(), rows);
        }
    }

    /** Indexes some documents, durably. Returns where to go on, if there are more. */
    private Optional<byte[]> buildFrom(byte[] from, Collection added) throws RocksDBException {
        try (var batch = new WriteBatch()) {
            var next = engine.read(db -> addEntries(batch, db, from, added));
            engine.write(batch);
            return next;
        }
    }

    private static Optional<byte[]> addEntries(WriteBatch batch, RocksDB db, byte[] from, Collection added)
            throws RocksDBException {
        var prefix = StoredKeys.collection(added);
        try (var end = new Slice(StoredKeys.end(prefix));
                var options = new ReadOptions().setIterateUpperBound(end);
                var documents = db.newIterator(options)) {
            documents.seek(from);
            for (var rows = 0; documents.isValid() && rows < Limits.REBUILD_ROWS_MAX; rows++) {
                addEntries(batch, added, prefix, documents);
                documents.next();
            }
            documents.status();
            return documents.isValid() ? Optional.of(documents.key()) : Optional.empty();
        }
    }

    private static void addEntries(WriteBatch batch, Collection added, byte[] prefix, RocksIterator documents)
            throws RocksDBException {
        var key = StoredKeys.key(added, documents.key(), prefix.length);
        var document = StoredDocument.of(documents.value());
        for (var entry : IndexedValues.of(added, document.body()).entrySet()) {
            batch.put(StoredKeys.indexEntry(key, entry.getKey(), entry.getValue()), new byte[0]);
        }
    }

    private static Set<String> minus(Set<String> fields, Set<String> others) {
        var rest = new HashSet<>(fields);
        rest.removeAll(others);
        return rest;
    }
}
