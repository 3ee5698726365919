package dev.berth.api.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.problem.Violation.Part;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer of every list: {@code {"value": [...], "nextLink": "..."}}. */
final class Lists {
    private static final int LIMIT_DEFAULT = 100;

    private Lists() {}

    static int limit(Call call) {
        return call.get(Part.QUERY, "limit").map(Integer::parseInt).orElse(LIMIT_DEFAULT);
    }

    static @Nullable String cursor(Call call) {
        return call.get(Part.QUERY, "cursor").orElse(null);
    }

    /** A page; {@code nextCursor} is null on the last one. */
    static Response answer(Call call, List<ObjectNode> values, @Nullable String nextCursor) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putArray("value").addAll(values);
        if (nextCursor != null) {
            json.put("nextLink", call.path() + "?" + query(call, nextCursor));
        }
        return Response.ok(json).build();
    }

    private static String query(Call call, String nextCursor) {
        var kept = Stream.of("state", "dpsInstance", "kind", "devices", "limit")
                .flatMap(name ->
                        call.get(Part.QUERY, name).stream().map(value -> name + "=" + URLEncoder.encode(value, UTF_8)));
        return Stream.concat(kept, Stream.of("cursor=" + URLEncoder.encode(nextCursor, UTF_8)))
                .collect(Collectors.joining("&"));
    }
}
