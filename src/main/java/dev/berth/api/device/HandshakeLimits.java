package dev.berth.api.device;

import java.time.Duration;

/**
 * What all devices together may ask for before anything is known of them.
 *
 * @param backlogMax connections that the kernel keeps until they are accepted; the kernel's own bound may be lower
 * @param timeMax from the connection to its hello, and from there to the end of the handshake
 * @param halfOpenMax connections whose handshake is not done; one more closes the one of which nothing has come for the longest
 * @param waitingMax hellos that wait for their handshake to begin; one more is refused
 * @param waitMax a hello that would wait longer is refused; where that happens and a queue has stood for half as long, it is overload
 * @param waitOverloadedMax the same in overload; twice as much each time nobody waits
 */
public record HandshakeLimits(
        int backlogMax,
        Duration timeMax,
        int halfOpenMax,
        int waitingMax,
        Duration waitMax,
        Duration waitOverloadedMax) {
    public static final HandshakeLimits DEFAULT = new HandshakeLimits(
            1_024, Duration.ofSeconds(10), 5_000, 5_000, Duration.ofSeconds(5), Duration.ofMillis(2));

    public HandshakeLimits {
        require(backlogMax > 0, "backlog-max is at least 1");
        require(halfOpenMax > 0, "half-open-max is at least 1");
        require(waitingMax > 0, "waiting-max is at least 1");
        require(waitOverloadedMax.compareTo(waitMax) <= 0, "wait-overloaded-max is at most wait-max");
    }

    public HandshakeLimits withTimeMax(Duration max) {
        return new HandshakeLimits(backlogMax, max, halfOpenMax, waitingMax, waitMax, waitOverloadedMax);
    }

    public HandshakeLimits withHalfOpenMax(int max) {
        return new HandshakeLimits(backlogMax, timeMax, max, waitingMax, waitMax, waitOverloadedMax);
    }

    public HandshakeLimits withWaitingMax(int max) {
        return new HandshakeLimits(backlogMax, timeMax, halfOpenMax, max, waitMax, waitOverloadedMax);
    }

    private static void require(boolean met, String rule) {
        if (!met) {
            throw new IllegalArgumentException(rule);
        }
    }
}
