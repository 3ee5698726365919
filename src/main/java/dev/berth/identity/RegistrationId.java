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
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9\\-._:]{0,127}[A-Za-z0-9\\-]");

    /** The form is checked before the case is folded: outside of ASCII, other characters fold to ASCII letters (KELVIN SIGN to k). */
    public RegistrationId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a registration ID");
        }
        value = value.toLowerCase(Locale.ROOT);
    }

    /** The registration ID that {@code text} spells, or empty if it spells none. */
    public static Optional<RegistrationId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RegistrationId(text)) : Optional.empty();
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
