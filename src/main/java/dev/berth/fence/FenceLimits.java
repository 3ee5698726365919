package dev.berth.fence;

import java.time.Duration;

/**
 * How far a server's moods may reach.
 *
 * @param timeMax how long one request may take, with its wait for a turn
 * @param inFlightMax requests at once
 * @param waitingMax further ones that wait for those
 * @param retriesMax how often a request is repeated that is worth it
 * @param repeatForMax after this long nothing is repeated any more
 * @param retryDelay before the first repetition; later ones wait longer, and all of them more or less by half
 * @param retryDelayMax no wait is longer
 * @param breakAfter so many requests, at least half of them failed, open the breaker
 * @param breakFor how long it stays open
 */
public record FenceLimits(
        Duration timeMax,
        int inFlightMax,
        int waitingMax,
        int retriesMax,
        Duration repeatForMax,
        Duration retryDelay,
        Duration retryDelayMax,
        int breakAfter,
        Duration breakFor) {}
