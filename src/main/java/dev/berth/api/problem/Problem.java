package dev.berth.api.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 9457 problem document, before it is tied to a request.
 *
 * @param detail what is wrong this time, in words the caller can act on; null says no more than the title
 * @param retryAfter when asking again is worthwhile; statuses 429 and 503 always have one
 * @param errors every violation that was found, for {@code validation}
 * @param members further members: strings, numbers and booleans
 */
public record Problem(
        ProblemType type,
        @Nullable String detail,
        @Nullable Duration retryAfter,
        List<Violation> errors,
        SequencedMap<String, Object> members) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** How many violations one answer names; a caller mends these before it needs more. */
    public static final int ERRORS_MAX = 100;

    /** What a 429 or 503 without a better estimate says. */
    static final Duration RETRY_AFTER_DEFAULT = Duration.ofSeconds(10);

    public Problem {
        errors = errors.stream().limit(ERRORS_MAX).toList();
        members = new LinkedHashMap<>(members);
        if (retryAfter == null && (type.status() == 429 || type.status() == 503)) {
            retryAfter = RETRY_AFTER_DEFAULT;
        }
    }

    public static Problem of(ProblemType type) {
        return new Problem(type, null, null, List.of(), new LinkedHashMap<>());
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, List.of(), new LinkedHashMap<>());
    }

    /** The request breaks the contract in each of these ways. */
    public static Problem validation(List<Violation> errors) {
        return new Problem(
                ProblemType.VALIDATION,
                "See errors for each part of the request that is wrong.",
                null,
                errors,
                new LinkedHashMap<>());
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(type, detail, wait, errors, members);
    }

    public Problem with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(type, detail, retryAfter, errors, more);
    }

    public int status() {
        return type.status();
    }

    /** The value of the {@code Retry-After} header: whole seconds, rounded up, so that nobody comes too early. */
    public Optional<String> retryAfterSeconds() {
        return Optional.ofNullable(retryAfter)
                .map(wait ->
                        Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
    }

    /** The headers of the answer, its request ID among them. */
    public Map<String, String> headers(RequestId request) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", MEDIA_TYPE);
        headers.put("Cache-Control", "no-store");
        headers.put(RequestId.HEADER, request.value());
        retryAfterSeconds().ifPresent(seconds -> headers.put("Retry-After", seconds));
        return headers;
    }

    /** The document that answers {@code request}. */
    public byte[] toJson(RequestId request) {
        return ProblemWriter.write(this, request);
    }
}
