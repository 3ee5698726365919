package dev.berth.emulator.protocol;

import java.util.regex.Pattern;

/** What may be a registration ID. */
public final class RegistrationIds {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9\\-._:]{0,127}[A-Za-z0-9\\-]");

    private RegistrationIds() {}

    public static boolean valid(String text) {
        return VALID.matcher(text).matches();
    }
}
