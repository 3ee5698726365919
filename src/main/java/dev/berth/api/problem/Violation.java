package dev.berth.api.problem;

import java.util.Locale;

/**
 * One thing in a request that breaks the contract.
 *
 * @param pointer RFC 6901 pointer into the body, or a slash and the name of the parameter or header
 */
public record Violation(Part in, String pointer, String detail) {
    /** Which part of the request. */
    public enum Part {
        BODY,
        PATH,
        QUERY,
        HEADER;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A violation in the body. */
    public static Violation body(String pointer, String detail) {
        return new Violation(Part.BODY, pointer, detail);
    }
}
