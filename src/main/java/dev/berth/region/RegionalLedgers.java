package dev.berth.region;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.Ledgers;
import java.util.Optional;

/**
 * The ledgers where Berth runs in several regions: an instance has one for each region that it was ever at home in, and each is written in that
 * region alone. What {@link Ledgers} says of the ledger of an instance is said of that of its home.
 */
public interface RegionalLedgers extends Ledgers {

    /** What an instance was left with in {@code region}, as far as this region has heard; empty if nothing was ever leased there. */
    Optional<Versioned<Ledger>> find(DpsInstanceId instance, RegionId region);

    /** Begins the ledger of an instance that comes to this region, in place of what it left here before; false if somebody else does just now. */
    boolean begin(DpsInstanceId instance, Ledger ledger);
}
