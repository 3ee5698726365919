package dev.berth.store.cosmos;

import dev.berth.fence.FenceLimits;
import java.time.Duration;

/**
 * How far the account's moods may reach.
 *
 * @param requestTimeMax how long one request may take, with its wait for a turn and the client's waits after 429
 * @param throttleWaitMax how long the client may wait and try again after 429 before the request counts as refused
 * @param answerWaitMax after this long no request is repeated any more
 * @param retriesMax how often a request is repeated that did nothing, only reads, or can be looked after
 * @param retryDelay before the first repetition; later ones wait longer, and all of them more or less by half
 * @param requestsInFlightMax requests at once
 * @param requestsWaitingMax further ones that wait for those
 * @param breakAfter so many requests, at least half of them without an answer, open the breaker
 * @param breakFor how long it stays open
 * @param bulkInFlightMax requests at once of one bulk insert
 */
public record CosmosLimits(
        Duration requestTimeMax,
        Duration throttleWaitMax,
        Duration answerWaitMax,
        int retriesMax,
        Duration retryDelay,
        int requestsInFlightMax,
        int requestsWaitingMax,
        int breakAfter,
        Duration breakFor,
        int bulkInFlightMax) {
    public static final CosmosLimits DEFAULT = new CosmosLimits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(8),
            3,
            Duration.ofMillis(50),
            256,
            1_000,
            20,
            Duration.ofSeconds(5),
            32);

    /** A page ends early once it has this many bytes. */
    static final int PAGE_BYTES_SOFT = 4 << 20;

    public CosmosLimits {
        require(requestTimeMax.isPositive(), "request-time-max is more than nothing");
        require(
                throttleWaitMax.isPositive() && throttleWaitMax.compareTo(requestTimeMax) < 0,
                "throttle-wait-max is less than request-time-max, or nobody would learn that the store is overloaded");
        require(answerWaitMax.compareTo(requestTimeMax) > 0, "answer-wait-max is more than request-time-max");
        require(retriesMax >= 0, "retries-max is not negative");
        require(
                retryDelay.toMillis() >= 2 && retryDelay.compareTo(requestTimeMax) < 0,
                "retry-delay is at least 2 ms and less than request-time-max");
        require(requestsInFlightMax > 0, "requests-in-flight-max is at least 1");
        require(requestsWaitingMax > 0, "requests-waiting-max is at least 1");
        require(breakAfter > 1, "break-after is at least 2");
        require(breakFor.isPositive(), "break-for is more than nothing");
        require(
                bulkInFlightMax > 0 && bulkInFlightMax <= requestsInFlightMax,
                "bulk-in-flight-max is between 1 and requests-in-flight-max");
    }

    FenceLimits fence() {
        return new FenceLimits(
                requestTimeMax,
                requestsInFlightMax,
                requestsWaitingMax,
                retriesMax,
                answerWaitMax,
                retryDelay,
                requestTimeMax,
                breakAfter,
                breakFor);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
