package dev.berth.lifecycle;

import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One device of which Berth and DPS say different things.
 *
 * @param registrationId as DPS spells it
 * @param assignedTo the instance that Berth assigned it to, if any
 * @param since when that registration was touched last, or for a missing one since when Berth believed in it
 */
public record Finding(
        Kind kind,
        String registrationId,
        @Nullable DpsInstanceId assignedTo,
        @Nullable Instant since) {
    /** More of one kind are counted, not listed. */
    public static final int PER_KIND_MAX = 250;

    /** What is wrong. */
    public enum Kind {
        /** It is registered here, and assigned to another instance. */
        ELSEWHERE,
        /** The same, and it is registered at that other instance, too. */
        TWICE,
        /** Berth knew that it is registered here, and it is not; its next ask gets a fresh slot. */
        MISSING,
        /** It is registered here, and Berth has assigned it to no instance. */
        UNKNOWN
    }

    Finding twice() {
        return new Finding(Kind.TWICE, registrationId, assignedTo, since);
    }
}
