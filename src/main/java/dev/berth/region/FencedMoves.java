package dev.berth.region;

import dev.berth.inventory.Change;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.SchedulingSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Moves an instance so that no slot of its new region meets one of the old.
 *
 * <p>The naive way writes the new region into the inventory. Its flaw is that the old one has given slots for up to a horizon ahead, to devices
 * that sleep until then and cannot be called back; and that it may not have noticed, and go on.
 *
 * <p>So the instance gets a <em>new ledger</em>, which only the new region writes. It begins after the last slot that the old region can have
 * given: what it leases within {@link #NOTICE_MAX} from now, a horizon ahead, and the window of that slot. Until then the instance gives
 * nothing to anybody. And its epoch is one more, so that capacity which replicas of the old region hold is worth nothing any more: what they have not
 * used, the next count finds, and what devices of theirs used, it counts as before.
 *
 * <p>A replica of the old region that has heard of it refuses to write the old ledger, and drops what it holds. One that has not goes on, in a
 * ledger that nobody reads: that is why whoever moves an instance away from a region that is cut off has to know that it stands still, or hears of
 * it within {@link #NOTICE_MAX}. No clock and no majority of two can know that for him.
 *
 * <p>The ledger comes before the inventory. A crash in between leaves a ledger that nobody leases from, and the move is asked for again.
 */
public final class FencedMoves implements InstanceMoves {
    /** In this time every replica that serves has a picture of the inventory in which the instance has left it, or is not ready. */
    public static final Duration NOTICE_MAX = Duration.ofMinutes(1);

    private final RegionId local;
    private final RegionalLedgers ledgers;
    private final Inventory inventory;
    private final SchedulingSettings settings;
    private final InstantSource clock;

    public FencedMoves(
            RegionId local,
            RegionalLedgers ledgers,
            Inventory inventory,
            SchedulingSettings settings,
            InstantSource clock) {
        this.local = local;
        this.ledgers = ledgers;
        this.inventory = inventory;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Change<DpsInstance> move(DpsInstance instance, String expectedVersion, RegionId to) {
        if (!to.equals(local)) {
            return new Change.Refused<>("ask a replica in " + to + ": the new ledger is written there");
        }
        if (local.value().equals(instance.homeRegion())) {
            return new Change.Refused<>("it is at home in " + local + " already");
        }
        return ledgers.begin(instance.id(), successor(left(instance)))
                ? inventory.rehome(instance, local.value(), expectedVersion)
                : new Change.Stale<>();
    }

    private Ledger left(DpsInstance instance) {
        return Optional.ofNullable(instance.homeRegion())
                .flatMap(RegionId::parse)
                .flatMap(home -> ledgers.find(instance.id(), home))
                .or(() -> ledgers.find(instance.id()))
                .map(Versioned::value)
                .orElse(Ledger.UNUSED);
    }

    private Ledger successor(Ledger left) {
        Instant free = clock.instant().plus(NOTICE_MAX).plus(settings.horizon()).plus(settings.registerWithin());
        Instant from = left.slotsGivenUntil().isAfter(free) ? left.slotsGivenUntil() : free;
        return new Ledger(from, left.committed(), left.epoch() + 1, left.settledEpoch());
    }
}
