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

    /** A connection was closed before its handshake, because as many as may be are open or the listener is stopping. */
    default void connectionRefused() {}

    /** A request was answered; {@code problem} is empty if all was well. */
    default void answered(String route, int status, Optional<ProblemType> problem, Duration duration) {}
}
