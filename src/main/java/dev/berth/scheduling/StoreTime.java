package dev.berth.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The store's clock: the only one that all replicas can see. May throw {@link dev.berth.inventory.RepositoryUnavailableException}.
 */
@FunctionalInterface
public interface StoreTime {

    /** What its clock says, asked for now; it is read at some instant before this returns. */
    Reading read();

    /** The time was at least {@code earliest}, and less than {@code precision} more. */
    record Reading(Instant earliest, Duration precision) {}

    /** Of a store that runs in this process, whose clock is therefore ours. */
    static StoreTime sameAs(InstantSource clock) {
        return () -> new Reading(clock.instant(), Duration.ZERO);
    }
}
