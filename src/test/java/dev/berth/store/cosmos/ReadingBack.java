package dev.berth.store.cosmos;

import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult;
import dev.berth.store.WriteResult.Conflict;
import dev.berth.store.WriteResult.Written;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A caller who is alone with the documents, and does what the port tells one to do whose write is in doubt: look. Since nobody else writes,
 * looking tells everything.
 */
final class ReadingBack implements DocumentStore {
    private final DocumentStore store;

    ReadingBack(DocumentStore store) {
        this.store = store;
    }

    @Override
    public WriteResult insert(Key key, byte[] body) {
        var before = store.find(key);
        return orElse(() -> store.insert(key, body), () -> changed(before, store.find(key)));
    }

    @Override
    public WriteResult replace(Key key, byte[] body, String expectedVersion) {
        var before = store.find(key);
        return orElse(() -> store.replace(key, body, expectedVersion), () -> changed(before, store.find(key)));
    }

    @Override
    public WriteResult delete(Key key, String expectedVersion) {
        var before = store.find(key);
        return orElse(
                () -> store.delete(key, expectedVersion),
                () -> before.isPresent() && store.find(key).isEmpty() ? new Written(expectedVersion) : new Conflict());
    }

    private static WriteResult orElse(Supplier<WriteResult> write, Supplier<WriteResult> look) {
        try {
            return write.get();
        } catch (StoreUnavailableException e) {
            if (!e.outcomeUnknown()) {
                throw e;
            }
            return look.get();
        }
    }

    private static WriteResult changed(Optional<Document> before, Optional<Document> after) {
        var version = after.map(Document::version);
        return before.map(Document::version).equals(version) ? new Conflict() : new Written(version.orElseThrow());
    }

    @Override
    public Optional<Document> find(Key key) {
        return store.find(key);
    }

    @Override
    public List<WriteResult> insertAll(Collection collection, List<NewDocument> documents) {
        var keys = new HashSet<Key>();
        return documents.stream()
                .map(document -> {
                    var key = new Key(collection, document.partition(), document.id());
                    return keys.add(key) ? insert(key, document.body()) : new Conflict();
                })
                .toList();
    }

    @Override
    public Page scan(Collection collection, String partition, PageRequest page) {
        return store.scan(collection, partition, page);
    }

    @Override
    public Page scan(Collection collection, String field, String value, PageRequest page) {
        return store.scan(collection, field, value, page);
    }

    @Override
    public Page scan(Collection collection, PageRequest page) {
        return store.scan(collection, page);
    }

    @Override
    public void close() {
        store.close();
    }
}
