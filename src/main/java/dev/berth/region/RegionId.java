package dev.berth.region;

import java.util.Optional;
import java.util.regex.Pattern;

/** A region of the cloud by the name that its provider gives it, for example {@code westeurope}. */
public record RegionId(String value) implements Comparable<RegionId> {
    public static final int LENGTH_MAX = 64;
    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0," + (LENGTH_MAX - 1) + "})");

    public RegionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a region has 1 to " + LENGTH_MAX + " lower-case letters, digits and hyphens");
        }
    }

    /** The region that is called so; empty if none can be. */
    public static Optional<RegionId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RegionId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(RegionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
