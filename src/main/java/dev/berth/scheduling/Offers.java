package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.util.Optional;

/** What instances have to give, as one replica sees it. */
interface Offers {

    /** All that {@code instance} has for a class of work, before it is shared; empty if no device ever asked for it here. */
    Optional<PoolRate> of(DpsInstanceId instance, WorkClass workClass);

    /** Whether it takes that class of work now, without asking the store. */
    boolean isOpen(DpsInstanceId instance, WorkClass workClass);
}
