package dev.berth.store.embedded;

import dev.berth.store.IndexedValues;
import dev.berth.store.Key;
import dev.berth.store.WriteResult;
import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import dev.berth.store.embedded.Change.Contents;
import dev.berth.store.embedded.Change.Delete;
import dev.berth.store.embedded.Change.Insert;
import dev.berth.store.embedded.Change.Replace;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Writes that become durable together. Each is judged against the store as the writes before it in the group will leave it, and puts
 * its document and the difference of its index entries into one batch: both happen or neither.
 */
final class Group implements AutoCloseable {
    private final Engine engine;
    private final LongSupplier versions;
    private final WriteBatch batch = new WriteBatch();
    private final Map<ByteBuffer, Optional<StoredDocument>> pending = new HashMap<>();
    private long lastVersion;

    Group(Engine engine, LongSupplier versions) {
        this.engine = engine;
        this.versions = versions;
    }

    WriteResult judge(Change change) throws RocksDBException {
        var key = StoredKeys.document(change.key());
        var current = current(key);
        return switch (change) {
            case Insert insert when current == null -> put(insert.key(), key, null, insert.contents());
            case Replace replace
            when isVersion(current, replace.expectedVersion()) -> put(replace.key(), key, current, replace.contents());
            case Delete delete when isVersion(current, delete.expectedVersion()) -> remove(delete, key, current);
            case Insert _, Replace _, Delete _ -> new Conflict();
        };
    }

    /** Returns when everything judged so far is durable. */
    void commit() throws RocksDBException {
        if (batch.count() == 0) {
            return;
        }
        if (lastVersion > 0) {
            batch.put(
                    StoredKeys.LAST_VERSION,
                    ByteBuffer.allocate(Long.BYTES).putLong(lastVersion).array());
        }
        engine.write(batch);
    }

    @Override
    public void close() {
        batch.close();
    }

    private @Nullable StoredDocument current(byte[] key) {
        var written = pending.get(ByteBuffer.wrap(key));
        if (written != null) {
            return written.orElse(null);
        }
        return engine.get(key).map(StoredDocument::of).orElse(null);
    }

    private static boolean isVersion(@Nullable StoredDocument current, String expected) {
        return current != null && current.version().equals(expected);
    }

    private WriteResult put(Key key, byte[] storedKey, @Nullable StoredDocument before, Contents contents)
            throws RocksDBException {
        lastVersion = versions.getAsLong();
        var after = new StoredDocument(lastVersion, contents.body());
        index(key, indexed(key, before), contents.indexed());
        batch.put(storedKey, after.bytes());
        pending.put(ByteBuffer.wrap(storedKey), Optional.of(after));
        return new Written(after.version());
    }

    private WriteResult remove(Delete delete, byte[] storedKey, @Nullable StoredDocument before)
            throws RocksDBException {
        index(delete.key(), indexed(delete.key(), before), Map.of());
        batch.delete(storedKey);
        pending.put(ByteBuffer.wrap(storedKey), Optional.empty());
        return new Written(delete.expectedVersion());
    }

    private void index(Key key, Map<String, String> before, Map<String, String> after) throws RocksDBException {
        for (var entry : before.entrySet()) {
            if (!entry.getValue().equals(after.get(entry.getKey()))) {
                batch.delete(StoredKeys.indexEntry(key, entry.getKey(), entry.getValue()));
            }
        }
        for (var entry : after.entrySet()) {
            if (!entry.getValue().equals(before.get(entry.getKey()))) {
                batch.put(StoredKeys.indexEntry(key, entry.getKey(), entry.getValue()), new byte[0]);
            }
        }
    }

    private static Map<String, String> indexed(Key key, @Nullable StoredDocument document) {
        return document == null ? Map.of() : IndexedValues.of(key.collection(), document.body());
    }
}
