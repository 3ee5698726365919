package dev.berth.api.problem;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one request in answers, logs and traces: the trace ID of the caller's W3C {@code traceparent}, else the caller's own
 * {@code X-Request-Id}, else a fresh one.
 */
public record RequestId(String value) {
    /** The header of every answer that carries it; requests may bring one. */
    public static final String HEADER = "X-Request-Id";

    /** The header of W3C trace context. */
    public static final String TRACEPARENT_HEADER = "traceparent";

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.{0,128}");

    private static final HexFormat HEX = HexFormat.of();

    /** Safe in logs, headers and URNs alike. */
    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** The ID of a request with the headers that {@code header} finds by name; malformed ones count as missing, as W3C demands. */
    public static RequestId of(Function<String, @Nullable String> header, RandomGenerator random) {
        return group(TRACEPARENT, 1, header.apply(TRACEPARENT_HEADER))
                .or(() -> group(GIVEN, 0, header.apply(HEADER)))
                .map(RequestId::new)
                .orElseGet(() -> fresh(random));
    }

    private static Optional<String> group(Pattern pattern, int group, @Nullable String text) {
        var match = pattern.matcher(text == null ? "" : text);
        return match.matches() ? Optional.of(match.group(group)) : Optional.empty();
    }

    /** The ID of a request of which nothing was read. */
    public static RequestId fresh(RandomGenerator random) {
        return new RequestId(HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
