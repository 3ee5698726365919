package dev.berth.dps;

import dev.berth.enrollment.DpsServiceException;
import dev.berth.fence.FenceEvents;
import dev.berth.inventory.DpsInstanceId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the fence lets its operator know; every method is cheap, never throws, and does nothing unless overridden. */
public interface DpsEvents {
    DpsEvents NONE = new DpsEvents() {};

    /** One operation was answered, or not: {@code failure} is null where DPS did what it was asked. */
    default void operation(DpsInstanceId instance, Duration took, DpsServiceException.@Nullable Kind failure) {}

    /** DPS refused a connection string; {@code otherTaken} says whether the other one was taken in its place. */
    default void credentialRefused(
            DpsInstanceId instance, String credential, ServiceCredential.Slot slot, boolean otherTaken) {}

    /** Hears of the fence around the requests of {@code instance}. */
    default FenceEvents fence(DpsInstanceId instance) {
        return FenceEvents.NONE;
    }
}
