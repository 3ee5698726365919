package dev.berth.store;

/**
 * Where a document lives.
 *
 * @param partition at most {@link #LENGTH_MAX} characters, none of them a control character
 * @param id unique in its partition; the same limits
 */
public record Key(Collection collection, String partition, String id) {
    public static final int LENGTH_MAX = 255;

    public Key {
        require(partition);
        require(id);
    }

    private static void require(String part) {
        if (part.isEmpty() || part.length() > LENGTH_MAX || part.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("partition and id have 1 to " + LENGTH_MAX + " printable characters");
        }
    }
}
