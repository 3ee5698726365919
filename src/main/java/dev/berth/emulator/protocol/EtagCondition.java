package dev.berth.emulator.protocol;

import org.jspecify.annotations.Nullable;

/** What an {@code If-Match} header asks of a resource that may or may not exist. */
public sealed interface EtagCondition {
    /** No header: nothing is asked. */
    record None() implements EtagCondition {}

    /** {@code *}: it exists, whatever its etag is. */
    record Existing() implements EtagCondition {}

    /** It exists and its etag is this one. */
    record Matching(String etag) implements EtagCondition {}

    /** The header's condition; quotation marks around the etag may be there or not. */
    static EtagCondition of(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            return new None();
        }
        var etag = ifMatch.strip();
        if (etag.equals("*")) {
            return new Existing();
        }
        boolean quoted = etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
        return new Matching(quoted ? etag.substring(1, etag.length() - 1) : etag);
    }

    /** Whether a resource of this etag is what is asked for; null if there is none. */
    default boolean holdsFor(@Nullable String etag) {
        return switch (this) {
            case None none -> true;
            case Existing existing -> etag != null;
            case Matching(var wanted) -> wanted.equals(etag);
        };
    }
}
