package dev.berth.store;

import java.util.Set;

/**
 * A named set of documents.
 *
 * @param indexedFields top-level string members of the body by which documents can be found
 */
public record Collection(String name, Set<String> indexedFields) {
    public Collection {
        indexedFields = Set.copyOf(indexedFields);
    }

    public static Collection of(String name, String... indexedFields) {
        return new Collection(name, Set.of(indexedFields));
    }
}
