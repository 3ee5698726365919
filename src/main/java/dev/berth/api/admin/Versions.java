package dev.berth.api.admin;

import dev.berth.api.problem.Violation.Part;
import jakarta.ws.rs.core.EntityTag;
import java.util.Optional;

/** Versions on the wire: the {@code ETag} of an answer and the conditions of a request. */
final class Versions {
    private static final String ANY = "*";

    private Versions() {}

    static EntityTag tag(String version) {
        return new EntityTag(version);
    }

    /** What {@code If-Match} asks for. */
    sealed interface Match {
        /** There is no such header. */
        record Absent() implements Match {}

        /** Any version will do, but there must be one. */
        record Any() implements Match {}

        record Exactly(String version) implements Match {}
    }

    static Match match(Call call) {
        Optional<String> header = call.get(Part.HEADER, "If-Match");
        if (header.isEmpty()) {
            return new Match.Absent();
        }
        var tag = header.get();
        return tag.equals(ANY) ? new Match.Any() : new Match.Exactly(tag.substring(1, tag.length() - 1));
    }

    /** Whether {@code If-None-Match: *} asks to create and never to replace. */
    static boolean createOnly(Call call) {
        return call.get(Part.HEADER, "If-None-Match").isPresent();
    }
}
