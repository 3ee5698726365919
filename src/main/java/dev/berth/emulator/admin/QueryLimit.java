package dev.berth.emulator.admin;

import dev.berth.emulator.json.InvalidConfigException;
import io.vertx.core.http.HttpServerRequest;

/** How much a list may hold at most, as its reader asks with {@code ?limit=}. */
final class QueryLimit {
    private QueryLimit() {}

    static int of(HttpServerRequest request, int fallback, int max) {
        var limit = request.getParam("limit");
        if (limit == null) {
            return fallback;
        }
        if (!limit.matches("[1-9][0-9]{0,5}") || Integer.parseInt(limit) > max) {
            throw new InvalidConfigException("/limit", "must be a whole number from 1 to " + max);
        }
        return Integer.parseInt(limit);
    }
}
