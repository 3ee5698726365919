package dev.berth.region;

import dev.berth.inventory.Change;
import dev.berth.inventory.DpsInstance;

/** What an operator does with an instance whose region is lost, or is to be left. */
public interface InstanceMoves {
    InstanceMoves NONE =
            (_, _, _) -> new Change.Refused<>("Berth runs in one region, so that there is nowhere to move to");

    /**
     * Makes {@code to} the home of the instance, which the replica that does it has to be in.
     *
     * @param expectedVersion of the instance, if it may not have changed since
     */
    Change<DpsInstance> move(DpsInstance instance, String expectedVersion, RegionId to);
}
