package dev.berth.store.embedded;

import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.IndexedValues;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.TimedCalls;
import dev.berth.store.WriteResult;
import dev.berth.store.embedded.Change.Contents;
import dev.berth.store.embedded.Change.Delete;
import dev.berth.store.embedded.Change.Insert;
import dev.berth.store.embedded.Change.Replace;
import dev.berth.store.embedded.Task.Changes;
import dev.berth.store.embedded.Task.Declaration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Documents in one directory of this machine, held by this process alone. A write is answered when it is on disk; callers park
 * meanwhile, so virtual threads are welcome. Reads go on while writes are refused.
 */
public final class EmbeddedStore implements DocumentStore {
    private static final Duration DECLARE_WAIT_MAX = Duration.ofHours(1);

    private final StoreDirectory directory;
    private final Engine engine;
    private final Indexes indexes;
    private final GroupCommit writer;
    private final EmbeddedStoreOptions options;
    private final TimedCalls calls;

    private EmbeddedStore(
            StoreDirectory directory, Engine engine, EmbeddedStoreOptions options, StoreListener listener) {
        this.directory = directory;
        this.engine = engine;
        this.options = options;
        calls = new TimedCalls(listener);
        indexes = new Indexes(engine);
        writer = new GroupCommit(engine, indexes, options, listener);
    }

    /**
     * Opens a directory, or makes one.
     *
     * @throws StoreOpenException if the directory cannot be opened; nothing in it was changed then
     */
    public static EmbeddedStore open(Path path, EmbeddedStoreOptions options, StoreListener listener) {
        return open(path, options, listener, Function.identity());
    }

    /** Whether there is a store in the directory: {@link #open} would make one where there is none. */
    public static boolean isAt(Path path) {
        return StoreDirectory.isOurs(path);
    }

    /** With a disk between the store and the real one. */
    static EmbeddedStore open(
            Path path, EmbeddedStoreOptions options, StoreListener listener, Function<Disk, Disk> disk) {
        var directory = StoreDirectory.claim(path);
        try {
            var engine = new Engine(directory, options, disk.apply(directory::freeBytes));
            return new EmbeddedStore(directory, engine, options, listener);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Makes the indexes of these collections those that they name, however long that takes. Needed by nobody, since the first use does
     * it; a start that calls it says so in its log instead of being slow at the first requests.
     */
    public void declare(Collection... collections) {
        for (var collection : collections) {
            declare(collection, DECLARE_WAIT_MAX);
        }
    }

    /** The names of all collections that were ever used here. */
    public Set<String> collections() {
        return engine.read(Indexes::names);
    }

    /** Walks through everything and compares every index with its documents. Reads only. */
    public Verification verify() {
        return engine.read(Walk::through);
    }

    @Override
    public Optional<Document> find(Key key) {
        return calls.call(
                Operation.FIND,
                () -> engine.get(StoredKeys.document(key))
                        .map(bytes -> StoredDocument.of(bytes).at(key)));
    }

    @Override
    public WriteResult insert(Key key, byte[] body) {
        var change = new Insert(key, Contents.of(key.collection(), body));
        return calls.write(Operation.INSERT, () -> write(change));
    }

    @Override
    public WriteResult replace(Key key, byte[] body, String expectedVersion) {
        var change = new Replace(key, Contents.of(key.collection(), body), expectedVersion);
        return calls.write(Operation.REPLACE, () -> write(change));
    }

    @Override
    public WriteResult delete(Key key, String expectedVersion) {
        return calls.write(Operation.DELETE, () -> write(new Delete(key, expectedVersion)));
    }

    @Override
    public List<WriteResult> insertAll(Collection collection, List<NewDocument> documents) {
        return calls.call(Operation.INSERT_ALL, () -> {
            declare(collection, options.answerWaitMax());
            return new BulkInsert(writer, options.answerWaitMax()).run(collection, documents);
        });
    }

    @Override
    public Page scan(Collection collection, String partition, PageRequest page) {
        Key.requirePart(partition);
        return calls.call(
                Operation.SCAN_PARTITION, () -> engine.read(db -> Scan.partition(db, collection, partition, page)));
    }

    @Override
    public Page scan(Collection collection, String field, String value, PageRequest page) {
        collection.requireIndexed(field);
        IndexedValues.requireValue(value);
        return calls.call(Operation.SCAN_INDEX, () -> {
            declare(collection, options.answerWaitMax());
            return engine.read(db -> Scan.index(db, collection, field, value, page));
        });
    }

    @Override
    public Page scan(Collection collection, PageRequest page) {
        return calls.call(Operation.SCAN_COLLECTION, () -> engine.read(db -> Scan.collection(db, collection, page)));
    }

    /** Writes under way finish first. */
    @Override
    public void close() {
        writer.close();
        engine.close();
        directory.close();
    }

    /** RocksDB, for tests that look behind the store. */
    Engine engine() {
        return engine;
    }

    /** Writes that wait for the disk. */
    int queued() {
        return writer.queued();
    }

    private WriteResult write(Change change) {
        declare(change.key().collection(), options.answerWaitMax());
        var task = Changes.of(List.of(change));
        writer.submit(task);
        return writer.await(task, options.answerWaitMax()).getFirst();
    }

    private void declare(Collection collection, Duration wait) {
        if (!indexes.isDeclared(collection)) {
            var task = new Declaration(collection, new CompletableFuture<>());
            writer.submit(task);
            writer.await(task, wait);
        }
    }
}
