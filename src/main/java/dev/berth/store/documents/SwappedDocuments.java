package dev.berth.store.documents;

import dev.berth.inventory.Versioned;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.WriteResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of one kind, each a document that is only ever read and compared-and-swapped. */
record SwappedDocuments<T>(DocumentStore store, Format<T> format) {

    Optional<Versioned<T>> find(Key key) {
        return store.find(key).map(found -> new Versioned<>(format.read(found.body()), found.version()));
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
