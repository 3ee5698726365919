package dev.berth.provisioning;

import dev.berth.inventory.DpsInstance;
import java.time.Duration;
import java.time.Instant;

/** What a device that asks for its ID scope is told; each is an expected outcome. */
public sealed interface IdScopeAnswer {
    /** Register with {@code instance} at {@code registerAt}, and start no later than {@code registerWithin} after it. */
    record Register(
            DpsInstance instance, long generation, Instant registerAt, Duration registerAfter, Duration registerWithin)
            implements IdScopeAnswer {}

    /** It is known to be registered: connect to {@code assignedHub} and do not register. */
    record Connect(
            DpsInstance instance,
            long generation,
            Instant registerAt,
            Duration registerWithin,
            String assignedHub,
            String deviceId)
            implements IdScopeAnswer {}

    /** All slots within the horizon are given; the place in the queue is kept. */
    record Queued(long ticket, long ahead, Duration retryAfter) implements IdScopeAnswer {}

    /** No DPS instance may take this device; {@code reason} says what narrowed the pool to nothing. */
    record PoolEmpty(String reason) implements IdScopeAnswer {}

    /** Every instance of the pool holds as many registrations as it may. */
    record PoolFull(Duration retryAfter) implements IdScopeAnswer {}

    /** Instances exist, but none can be used now. */
    record PoolUnavailable(Duration retryAfter) implements IdScopeAnswer {}

    /** The device may not be provisioned. */
    record DeviceBlocked() implements IdScopeAnswer {}

    /** Another trust anchor vouches for the device that has this registration ID. */
    record RegistrationIdTaken() implements IdScopeAnswer {}

    /** The device used up the fresh slots that one device may have; on the wire it is queued. */
    record AskedTooOften(Duration retryAfter) implements IdScopeAnswer {}
}
