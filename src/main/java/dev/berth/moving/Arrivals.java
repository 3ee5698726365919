package dev.berth.moving;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.moving.Line.MovedDocument;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.WriteResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts documents into their new store, and counts those that were there with the same content. */
final class Arrivals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DocumentStore store;
    private final StoreCalls calls;
    private long written;
    private long wereThere;

    Arrivals(DocumentStore store, StoreCalls calls) {
        this.store = store;
        this.calls = calls;
    }

    long written() {
        return written;
    }

    long wereThere() {
        return wereThere;
    }

    /** The first document that is there with other content, if there is one; what came before it is there now. */
    Optional<Key> take(List<MovedDocument> batch) {
        return batch.stream()
                .collect(Collectors.groupingBy(
                        document -> document.key().collection(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(entry -> take(entry.getKey(), entry.getValue()).stream())
                .findFirst();
    }

    private Optional<Key> take(Collection collection, List<MovedDocument> documents) {
        var rows = documents.stream().map(Arrivals::row).toList();
        var results = calls.call(() -> store.insertAll(collection, rows));
        for (var i = 0; i < results.size(); i++) {
            switch (results.get(i)) {
                case WriteResult.Written _ -> written++;
                case WriteResult.Conflict _ -> {
                    if (!isThere(documents.get(i))) {
                        return Optional.of(documents.get(i).key());
                    }
                    wereThere++;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isThere(MovedDocument document) {
        return calls.call(() -> store.find(document.key()))
                .filter(found -> isSame(found.body(), document.body()))
                .isPresent();
    }

    /** Another kind of store may give a body back with other blanks, or its members in another order. */
    private static boolean isSame(byte[] one, byte[] other) {
        try {
            return Arrays.equals(one, other) || JSON.readTree(one).equals(JSON.readTree(other));
        } catch (IOException e) {
            throw new IllegalStateException("a store holds JSON objects only", e);
        }
    }

    private static NewDocument row(MovedDocument document) {
        return new NewDocument(document.key().partition(), document.key().id(), document.body());
    }
}
