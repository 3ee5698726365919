package dev.berth.api.problem;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names one request in answers, logs and traces: the trace ID of the caller's W3C {@code traceparent}, or a fresh one. */
public record RequestId(String value) {
    /** The header of every answer that carries it. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.{0,128}");

    /** The ID of a request that carries {@code traceparent}; a missing or malformed one is replaced, as W3C demands. */
    public static RequestId of(@Nullable String traceparent, RandomGenerator random) {
        var match = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        return match.matches() ? new RequestId(match.group(1)) : fresh(random);
    }

    private static RequestId fresh(RandomGenerator random) {
        return new RequestId(String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong() | 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
