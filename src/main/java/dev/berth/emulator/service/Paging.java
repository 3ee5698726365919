package dev.berth.emulator.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.berth.emulator.json.InvalidConfigException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins and how long it may be. A continuation holds the key after which the next page begins, so that it
 * skips and repeats nothing when others come and go, and the list that it belongs to, so that it serves for no other.
 */
record Paging(String list, String after, int limit) {
    private static final int ITEMS = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** What a request asks for; fewer items if that is more than a page may hold. */
    static Paging of(ServiceRequest request, String list, int itemsMax) {
        var headers = request.headers();
        int wanted = wanted(headers.maxItemCount());
        return new Paging(list, after(headers.continuation(), list), Math.min(wanted == 0 ? ITEMS : wanted, itemsMax));
    }

    private static int wanted(@Nullable String header) {
        if (header == null) {
            return 0;
        }
        if (!NUMBER.matcher(header.strip()).matches()) {
            throw new InvalidConfigException("x-ms-max-item-count", "must be a whole number that is not negative");
        }
        return Integer.parseInt(header.strip());
    }

    private static String after(@Nullable String header, String list) {
        if (header == null || header.isBlank()) {
            return "";
        }
        var prefix = list + '\n';
        var token = decoded(header.strip());
        if (!token.startsWith(prefix)) {
            throw new InvalidConfigException("x-ms-continuation", "is not a continuation of this query");
        }
        return token.substring(prefix.length());
    }

    private static String decoded(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    ServiceAnswer answer(ArrayNode items, String itemType, Optional<String> next) {
        var headers = new HashMap<String, String>();
        headers.put("x-ms-item-type", itemType);
        headers.put("x-ms-max-item-count", Integer.toString(limit));
        next.ifPresent(key -> headers.put("x-ms-continuation", token(key)));
        return new ServiceAnswer(200, headers, items);
    }

    private String token(String key) {
        var text = list + '\n' + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
