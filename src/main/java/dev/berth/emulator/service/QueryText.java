package dev.berth.emulator.service;

import dev.berth.emulator.json.JsonAt;
import java.util.regex.Pattern;

/** The query language, of which DPS knows one sentence and its clients one more. */
final class QueryText {
    /** The Java client asks for registrations with the name of another table, so that the name says nothing. */
    private static final Pattern EVERYTHING =
            Pattern.compile("\\*|select\\s+\\*\\s+from\\s+\\w{1,64}", Pattern.CASE_INSENSITIVE);

    private QueryText() {}

    static void check(JsonAt body) {
        var query = body.at("query");
        if (!EVERYTHING.matcher(query.text().strip()).matches()) {
            throw query.invalid("must be * or: select * from …");
        }
    }
}
