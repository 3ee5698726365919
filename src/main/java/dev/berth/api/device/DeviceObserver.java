package dev.berth.api.device;

import dev.berth.api.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/** Hears what happens at the listener, to count it; called on the listener's own threads, so it must not block. */
public interface DeviceObserver {
    /** Hears nothing. */
    DeviceObserver NONE = new DeviceObserver() {};

    /** A handshake ended; {@code protocol} is for example {@code TLSv1.3}. */
    default void handshakeDone(String protocol) {}

    default void handshakeFailed() {}

    /** A connection was closed without an answer. */
    default void connectionRefused(ConnectionRefusal why) {}

    /** A request was answered; {@code problem} is empty if all was well. */
    default void answered(String route, int status, Optional<ProblemType> problem, Duration duration) {}
}
