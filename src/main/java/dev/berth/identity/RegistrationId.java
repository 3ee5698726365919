package dev.berth.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A device's name at DPS: at most 128 characters of {@code [A-Za-z0-9-._:]}, the last one alphanumeric or {@code -}. DPS compares
 * it without case, so it is held in lower case.
 */
public record RegistrationId(String value) implements Comparable<RegistrationId> {
    public static final int LENGTH_MAX = 128;
    private static final Pattern FORM = Pattern.compile("[a-z0-9\\-._:]{0,127}[a-z0-9\\-]");

    public RegistrationId {
        value = value.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a registration ID");
        }
    }

    /** The registration ID that {@code text} spells, or empty if it spells none. */
    public static Optional<RegistrationId> parse(String text) {
        return text.length() <= LENGTH_MAX
                        && FORM.matcher(text.toLowerCase(Locale.ROOT)).matches()
                ? Optional.of(new RegistrationId(text))
                : Optional.empty();
    }

    @Override
    public int compareTo(RegistrationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
