package dev.berth.dps;

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
    public static final FenceSettings DEFAULT =
            new FenceSettings(Duration.ofSeconds(15), 4, 32, 2, Duration.ofMillis(500), 6, Duration.ofSeconds(30));
}
