package dev.berth.store.embedded;

import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** One page of the keys that begin alike, read from one moment. */
final class Scan {
    /** The document of the entry that the iterator stands on. */
    @FunctionalInterface
    private interface Entry {
        Document read(RocksIterator entries, ReadOptions options) throws RocksDBException;
    }

    private Scan() {}

    static Page partition(RocksDB db, Collection collection, String partition, PageRequest page)
            throws RocksDBException {
        return page(db, StoredKeys.partition(collection, partition), page, documents(collection), true);
    }

    /** A walk through everything would only push out of the cache what others need. */
    static Page collection(RocksDB db, Collection collection, PageRequest page) throws RocksDBException {
        return page(db, StoredKeys.collection(collection), page, documents(collection), false);
    }

    static Page index(RocksDB db, Collection collection, String field, String value, PageRequest page)
            throws RocksDBException {
        var prefix = StoredKeys.indexValue(collection, field, value);
        Entry documentOfEntry = (entries, options) -> {
            var key = StoredKeys.key(collection, entries.key(), prefix.length);
            var bytes = db.get(options, StoredKeys.document(key));
            if (bytes == null) {
                throw new IllegalStateException("an index entry without its document: " + key);
            }
            return StoredDocument.of(bytes).at(key);
        };
        return page(db, prefix, page, documentOfEntry, true);
    }

    private static Entry documents(Collection collection) {
        var keyFrom = StoredKeys.collection(collection).length;
        return (entries, options) ->
                StoredDocument.of(entries.value()).at(StoredKeys.key(collection, entries.key(), keyFrom));
    }

    private static Page page(RocksDB db, byte[] prefix, PageRequest page, Entry entry, boolean fillCache)
            throws RocksDBException {
        var start = Cursor.start(prefix, page.cursor());
        var moment = db.getSnapshot();
        try (var end = new Slice(StoredKeys.end(prefix));
                var options = new ReadOptions()
                        .setIterateUpperBound(end)
                        .setSnapshot(moment)
                        .setFillCache(fillCache);
                var entries = db.newIterator(options)) {
            entries.seek(start);
            return read(entries, options, prefix.length, page.limit(), entry);
        } finally {
            db.releaseSnapshot(moment);
        }
    }

    private static Page read(RocksIterator entries, ReadOptions options, int prefixLength, int limit, Entry entry)
            throws RocksDBException {
        var documents = new ArrayList<Document>();
        var bytes = 0;
        byte @Nullable [] last = null;
        while (entries.isValid() && documents.size() < limit && bytes < Limits.PAGE_BYTES_SOFT) {
            var document = entry.read(entries, options);
            documents.add(document);
            bytes += document.body().length;
            last = entries.key();
            entries.next();
        }
        entries.status();
        return new Page(documents, last == null || !entries.isValid() ? null : Cursor.after(last, prefixLength));
    }
}
