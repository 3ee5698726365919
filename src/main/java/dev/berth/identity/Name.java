package dev.berth.identity;

import java.util.regex.Pattern;

/** The form of every name an administrator gives: 1 to 63 characters of {@code [a-z0-9-]}, beginning and ending alphanumeric. */
public final class Name {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Name() {}

    public static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    /** Returns {@code text}; {@link IllegalArgumentException} if it is no name. */
    public static String require(String text) {
        if (!is(text)) {
            throw new IllegalArgumentException(
                    "not a name: 1 to 63 of a-z, 0-9 and -, beginning and ending alphanumeric");
        }
        return text;
    }
}
