package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What one replica holds of one instance: slots not yet given and capacity not yet used; and how much it was asked for of late. */
final class Holdings {
    /** What remains of the demand of one device after five seconds: in a backlog a replica often sees none for three. */
    private static final double IDLE_DEMAND = 0.007;

    private final DpsInstanceId instance;
    private final SchedulingSettings settings;
    private final SchedulingEvents events;
    private final PriorityQueue<Instant> slots = new PriorityQueue<>();
    private final Demand slotDemand = new Demand();
    private final Demand grantDemand = new Demand();
    private SlotBlock newest = SlotBlock.NONE; // the end of the last run of slots leased here, spent ones among them
    private Grants grants = Grants.NONE;
    private Instant grantsFreshUntil = Instant.MIN;

    Holdings(DpsInstanceId instance, SchedulingSettings settings, SchedulingEvents events) {
        this.instance = instance;
        this.settings = settings;
        this.events = events;
    }

    synchronized void want(boolean newDevice, Instant now) {
        slotDemand.add(now);
        if (newDevice) {
            grantDemand.add(now);
        }
    }

    /** The earliest slot, with a grant if {@code newDevice}; empty if either is missing, or the grants have to be looked at again. */
    synchronized Optional<Reservation> take(boolean newDevice, Instant now) {
        dropPast(now);
        if (slots.isEmpty() || (newDevice && (grants.count() == 0 || !now.isBefore(grantsFreshUntil)))) {
            return Optional.empty();
        }
        grants = newDevice ? grants.plus(-1, grants.epoch()) : grants;
        return Optional.of(new Reservation(instance, slots.remove(), newDevice, grants.epoch()));
    }

    /** Adds what was leased and takes from it, in one breath: others would take what this device waited for. */
    synchronized Optional<Reservation> addAndTake(
            LeasePlan.Take lease, Instant leasedAfter, boolean newDevice, Instant now) {
        add(lease, leasedAfter);
        return take(newDevice, now);
    }

    /** @param leasedAfter when the ledger had not been looked at yet; from then on it is known whose epoch it is */
    synchronized void add(LeasePlan.Take lease, Instant leasedAfter) {
        addSlots(lease.block());
        grants = grants.plus(lease.grants(), lease.next().epoch());
        grantsFreshUntil = leasedAfter.plus(SchedulingSettings.GRANTS_FRESH_FOR);
    }

    synchronized void giveBack(Reservation reservation) {
        slots.add(reservation.slot());
        if (reservation.grant() && reservation.epoch() == grants.epoch()) {
            grants = grants.plus(1, grants.epoch());
        }
    }

    synchronized @Nullable Instant nextSlot(Instant now) {
        dropPast(now);
        return slots.peek();
    }

    synchronized int slots(Instant now) {
        dropPast(now);
        return slots.size();
    }

    synchronized int grants() {
        return grants.count();
    }

    /** What to lease for a device that found nothing here. */
    synchronized LeaseNeed need(boolean newDevice, boolean backlog, Instant now) {
        int wanted = slots.isEmpty() ? Math.max(1, blockSlots(backlog, now)) : 0;
        return new LeaseNeed(wanted, newDevice, grants, grantsWanted(backlog, now));
    }

    /**
     * What to lease ahead of need, once half of what is wanted here is spent; empty before, and when no devices are about to come. It fills
     * up to the block and no further, so that nobody ever holds, or wastes by a crash, more than one block.
     */
    synchronized Optional<LeaseNeed> needAhead(boolean backlog, Instant now) {
        int wanted = blockSlots(backlog, now);
        return wanted < 2 || slots.size() > wanted / 2
                ? Optional.empty()
                : Optional.of(new LeaseNeed(wanted - slots.size(), false, grants, grantsWanted(backlog, now)));
    }

    /**
     * Lets go of what nobody has come for in the last seconds, or of {@code all}: grants, and the unspent slots at the end of the newest
     * run. Slots before them stay: they are of use only here.
     */
    synchronized Surplus letGo(boolean all, Instant now) {
        dropPast(now);
        int unspent = 0;
        if (all || slotDemand.recent(now) < IDLE_DEMAND) {
            while (unspent < newest.size() && slots.remove(newest.slot(newest.size() - 1 - unspent))) {
                unspent++;
            }
        }
        int idleGrants = all || grantDemand.recent(now) < IDLE_DEMAND ? grants.count() : 0;
        var surplus = new Surplus(newest.last(unspent), idleGrants, grants.epoch());
        newest = newest.first(newest.size() - unspent);
        grants = grants.plus(-idleGrants, grants.epoch());
        return surplus;
    }

    /** Takes back what could not go back. */
    synchronized void restore(Surplus surplus) {
        addSlots(surplus.tail());
        grants = surplus.grants() == 0 ? grants : grants.plus(surplus.grants(), surplus.epoch());
    }

    private void addSlots(SlotBlock block) {
        for (int i = 0; i < block.size(); i++) {
            slots.add(block.slot(i));
        }
        newest = newest.followedBy(block, settings.blockSlotsMax());
    }

    /** A whole block when devices sleep until their slots anyway: none is wasted, and the store is not asked for each. */
    private int blockSlots(boolean backlog, Instant now) {
        return backlog ? settings.blockSlotsMax() : atMostBlock(slotDemand.recent(now));
    }

    /** As much capacity as slots in a backlog of new devices, or each of them would ask the store for its own. */
    private int grantsWanted(boolean backlog, Instant now) {
        double demand = grantDemand.recent(now);
        return backlog && demand >= IDLE_DEMAND ? settings.blockSlotsMax() : atMostBlock(demand);
    }

    private int atMostBlock(double demand) {
        return (int) Math.min(settings.blockSlotsMax(), Math.round(demand));
    }

    /** A slot that has opened is gone; to give it later would be a burst. */
    private void dropPast(Instant now) {
        int dropped = 0;
        for (Instant slot = slots.peek(); slot != null && slot.isBefore(now); slot = slots.peek()) {
            slots.remove();
            dropped++;
        }
        if (dropped > 0) {
            events.slotsDropped(instance, dropped);
        }
    }
}
