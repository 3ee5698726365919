package dev.berth.api.device;

import java.time.Duration;

/**
 * What all devices together may ask for before anything is known of them.
 *
 * @param backlogMax connections that the kernel keeps until they are accepted; the kernel's own bound may be lower
 * @param halfOpenMax connections whose handshake is not done; one more closes the one of which nothing has come for the longest
 * @param waitingMax hellos that wait for their handshake to begin; one more is refused
 * @param waitMax a hello that would wait longer is refused
 * @param waitOverloadedMax the same from such a refusal on, until nobody had to be refused for a second
 */
public record HandshakeLimits(
        int backlogMax, int halfOpenMax, int waitingMax, Duration waitMax, Duration waitOverloadedMax) {
    public static final HandshakeLimits DEFAULT =
            new HandshakeLimits(1_024, 5_000, 5_000, Duration.ofSeconds(5), Duration.ofMillis(20));

    public HandshakeLimits {
        require(backlogMax > 0, "backlog-max is at least 1");
        require(halfOpenMax > 0, "half-open-max is at least 1");
        require(waitingMax > 0, "waiting-max is at least 1");
        require(waitOverloadedMax.compareTo(waitMax) <= 0, "wait-overloaded-max is at most wait-max");
    }

    public HandshakeLimits withHalfOpenMax(int max) {
        return new HandshakeLimits(backlogMax, max, waitingMax, waitMax, waitOverloadedMax);
    }

    public HandshakeLimits withWaitingMax(int max) {
        return new HandshakeLimits(backlogMax, halfOpenMax, max, waitMax, waitOverloadedMax);
    }

    private static void require(boolean met, String rule) {
        if (!met) {
            throw new IllegalArgumentException(rule);
        }
    }
}
