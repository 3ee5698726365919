package dev.berth.store;

import org.jspecify.annotations.Nullable;

/**
 * How much to read, and from where.
 *
 * @param cursor of the page before, or null for the first page; one that no page gave is an {@link InvalidCursorException}
 */
public record PageRequest(int limit, @Nullable String cursor) {
    public static final int LIMIT_MAX = 1_000;

    public PageRequest {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + LIMIT_MAX + " documents");
        }
    }

    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }
}
