package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.util.Optional;

/** What instances have to give, as one replica sees it. */
interface Offers {

    /** All that {@code instance} has for a class of work, before it is shared; empty if no device ever asked for it here. */
    Optional<PoolRate> of(DpsInstanceId instance, WorkClass workClass);

    /** Whether devices asked for it here. */
    boolean knows(DpsInstanceId instance);

    /** Whether slots are left beside those kept for devices that were let in and are on their way. */
    boolean hasReserve(DpsInstanceId instance);

    /** Whether it takes that class of work now; one that nobody knows may. */
    default boolean isOpen(DpsInstanceId instance, WorkClass workClass) {
        return of(instance, workClass).filter(PoolRate.NOTHING::equals).isEmpty();
    }
}
