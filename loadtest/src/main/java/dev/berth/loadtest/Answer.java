package dev.berth.loadtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of one request.
 *
 * @param status 0 where no answer came
 * @param retryAfter the header, empty where there was none
 * @param millis from the request, its connection and handshake included, to the end of the answer
 */
record Answer(int status, String retryAfter, String body, int millis) {
    private static final JsonMapper JSON = new JsonMapper();

    static final Answer NONE = new Answer(0, "", "", 0);

    /** What an answer means to a device that asked Berth. */
    enum Kind {
        ADMITTED,
        /** Refused, and told when to come back. */
        REFUSED,
        /** Refused, and not told when to come back. */
        REFUSED_UNTOLD,
        /** The connection was closed, or nothing came in time. */
        LOST,
        /** A status that no device of this test should see. */
        WRONG
    }

    Kind kind() {
        return switch (status) {
            case 0 -> Kind.LOST;
            case 200, 204 -> Kind.ADMITTED;
            case 429, 503 -> wait(Instant.now()).isPresent() ? Kind.REFUSED : Kind.REFUSED_UNTOLD;
            default -> Kind.WRONG;
        };
    }

    Optional<Duration> wait(Instant now) {
        return RetryAfter.read(retryAfter, now);
    }

    /** Of a body that is no JSON: nothing. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }
}
