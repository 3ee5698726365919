package dev.berth.enrollment;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentStanding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What syncs let the operator know; every method is cheap, never throws, and does nothing unless overridden. */
public interface SyncEvents {
    SyncEvents NONE = new SyncEvents() {};

    /** A run ended; {@code failure} is null if it came to its end. */
    default void ran(DpsInstanceId instance, Duration took, long operations, @Nullable String failure) {}

    /** Something about a group is not as it was at the last look. */
    default void changed(DpsInstanceId instance, EnrollmentStanding now) {}

    /** A group was written at DPS: {@code differences} says why, empty for a new one. */
    default void written(DpsInstanceId instance, String groupId, java.util.List<String> differences) {}

    /** A group of ours that nobody wants any more was deleted at DPS. */
    default void deleted(DpsInstanceId instance, String groupId) {}
}
