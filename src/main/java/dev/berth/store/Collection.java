package dev.berth.store;

import java.util.Optional;
import java.util.Set;

/**
 * A named set of documents. Name and fields are constants of the program: letters, digits, {@code -} and {@code _}.
 *
 * @param indexedFields top-level string members of the body by which documents can be found
 * @param mergedBy the top-level member of the body, a whole number, by which a store that takes writes in several regions decides between two that
 *     wrote the same document: the higher one stays, and a body without it has 0. Empty where no two regions write the same document, or it
 *     is of no consequence which stays
 */
public record Collection(String name, Set<String> indexedFields, Optional<String> mergedBy) {
    public static final int NAME_LENGTH_MAX = 64;
    public static final int INDEXED_VALUE_LENGTH_MAX = 1_024;

    public Collection {
        indexedFields = Set.copyOf(indexedFields);
        requireName(name);
        indexedFields.forEach(Collection::requireName);
        mergedBy.ifPresent(Collection::requireName);
    }

    public static Collection of(String name, String... indexedFields) {
        return new Collection(name, Set.of(indexedFields), Optional.empty());
    }

    public Collection mergedBy(String field) {
        return new Collection(name, indexedFields, Optional.of(field));
    }

    /** The fields of this collection are few and fixed: naming another one is a mistake of the program. */
    public String requireIndexed(String field) {
        if (!indexedFields.contains(field)) {
            throw new IllegalArgumentException(field + " is not an indexed field of " + name);
        }
        return field;
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX || !name.chars().allMatch(Collection::isPlain)) {
            throw new IllegalArgumentException("names of collections and fields have 1 to " + NAME_LENGTH_MAX
                    + " letters, digits, hyphens or underscores: " + name);
        }
    }

    private static boolean isPlain(int character) {
        return character < 128 && (Character.isLetterOrDigit(character) || character == '-' || character == '_');
    }
}
