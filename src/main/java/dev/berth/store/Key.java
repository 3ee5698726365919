package dev.berth.store;

/**
 * Where a document lives.
 *
 * @param partition at most {@link #LENGTH_MAX} characters, none of them a control character or half of one
 * @param id unique in its partition; the same limits
 */
public record Key(Collection collection, String partition, String id) {
    public static final int LENGTH_MAX = 255;

    public Key {
        requirePart(partition);
        requirePart(id);
    }

    /** The limits of a partition and of an id. */
    public static String requirePart(String part) {
        if (part.isEmpty() || part.length() > LENGTH_MAX || part.codePoints().anyMatch(Key::isForbidden)) {
            throw new IllegalArgumentException("partition and id have 1 to " + LENGTH_MAX + " printable characters");
        }
        return part;
    }

    private static boolean isForbidden(int character) {
        return Character.isISOControl(character) || isHalfCharacter(character);
    }

    /** An unpaired surrogate: UTF-8 has none, so that two different strings of them would become one. */
    static boolean isHalfCharacter(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }
}
