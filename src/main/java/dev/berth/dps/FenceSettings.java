package dev.berth.dps;

import dev.berth.fence.FenceLimits;
import java.time.Duration;

/**
 * How far the client's flaws may reach.
 *
 * @param callTimeMax how long one request may take; the client itself gives up reading after 24 s, and connecting never
 * @param callsMax requests of one instance at once; also the threads that may hang there
 * @param callsWaitingMax further ones that wait for those
 * @param retriesMax how often a request is repeated that certainly did nothing, or only reads
 * @param retryDelay before the first repetition; later ones wait longer, and all of them more or less by half
 * @param breakAfter so many requests, at least half of them failed, open the breaker
 * @param breakFor how long it stays open
 */
public record FenceSettings(
        Duration callTimeMax,
        int callsMax,
        int callsWaitingMax,
        int retriesMax,
        Duration retryDelay,
        int breakAfter,
        Duration breakFor) {
    /** However often, nothing is repeated for longer. */
    private static final Duration REPEAT_FOR_MAX = Duration.ofMinutes(10);

    private static final Duration RETRY_DELAY_MAX = Duration.ofMinutes(1);

    public static final FenceSettings DEFAULT =
            new FenceSettings(Duration.ofSeconds(15), 4, 32, 2, Duration.ofMillis(500), 6, Duration.ofSeconds(30));

    public FenceSettings {
        require(callTimeMax.isPositive(), "request-time-max is more than nothing");
        require(callsMax > 0, "requests-in-flight-max is at least 1");
        require(callsWaitingMax > 0, "requests-waiting-max is at least 1");
        require(retriesMax >= 0, "retries-max is not negative");
        require(
                retryDelay.isPositive() && retryDelay.compareTo(RETRY_DELAY_MAX) < 0,
                "retry-delay is more than nothing and less than a minute");
        require(breakAfter > 1, "break-after is at least 2");
        require(breakFor.isPositive(), "break-for is more than nothing");
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }

    FenceLimits limits() {
        return new FenceLimits(
                callTimeMax,
                callsMax,
                callsWaitingMax,
                retriesMax,
                REPEAT_FOR_MAX,
                retryDelay,
                RETRY_DELAY_MAX,
                breakAfter,
                breakFor);
    }
}
