package dev.berth.store.documents;

import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import dev.berth.store.WriteResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of one kind, each a document that is only ever read and compared-and-swapped. */
record SwappedDocuments<T>(DocumentStore store, Format<T> format) {

    Optional<Versioned<T>> find(Key key) {
        return store.find(key).map(found -> new Versioned<>(format.read(found.body()), found.version()));
    }

    /** All of one partition by their ids, but those that cannot be read; whoever asks for one of these is told. */
    Map<String, Versioned<T>> ofPartition(Collection collection, String partition) {
        var values = new HashMap<String, Versioned<T>>();
        @Nullable String cursor = null;
        do {
            Page page = store.scan(collection, partition, new PageRequest(PageRequest.LIMIT_MAX, cursor));
            page.documents()
                    .forEach(found -> readable(found)
                            .ifPresent(value -> values.put(found.key().id(), value)));
            cursor = page.cursor();
        } while (cursor != null);
        return values;
    }

    private Optional<Versioned<T>> readable(Document found) {
        try {
            return Optional.of(new Versioned<>(format.read(found.body()), found.version()));
        } catch (RepositoryUnavailableException damaged) {
            return Optional.empty();
        }
    }

    /** Writes {@code value} if the version is still {@code expectedVersion} (null: if there is none); the new version. */
    Optional<String> swap(Key key, @Nullable String expectedVersion, T value) {
        byte[] body = format.write(value);
        return version(expectedVersion == null ? store.insert(key, body) : store.replace(key, body, expectedVersion));
    }

    private static Optional<String> version(WriteResult result) {
        return switch (result) {
            case WriteResult.Written(String version) -> Optional.of(version);
            case WriteResult.Conflict() -> Optional.empty();
        };
    }
}
