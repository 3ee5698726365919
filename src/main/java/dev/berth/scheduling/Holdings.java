package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What one replica holds of one instance: slots not yet given and capacity not yet used; and how much it was asked for of late. */
final class Holdings {
    /** Slots of a lease when devices sleep until theirs anyway, so that the store is not asked for each. */
    private static final int BACKLOG_SLOTS_MIN = 4;

    /** What remains of the demand of one device after three seconds. */
    private static final double IDLE_DEMAND = 0.05;

    private final DpsInstanceId instance;
    private final SchedulingSettings settings;
    private final SchedulingEvents events;
    private final PriorityQueue<Instant> slots = new PriorityQueue<>();
    private final Demand slotDemand = new Demand();
    private final Demand grantDemand = new Demand();
    private SlotBlock newest = SlotBlock.NONE; // the end of the last run of slots leased here, spent ones among them
    private int grants;

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

    /** The earliest slot, with a grant if {@code newDevice}; empty if either is missing. */
    synchronized Optional<Instant> take(boolean newDevice, Instant now) {
        dropPast(now);
        if (slots.isEmpty() || (newDevice && grants == 0)) {
            return Optional.empty();
        }
        grants -= newDevice ? 1 : 0;
        return Optional.of(slots.remove());
    }

    /** Adds what was leased and takes from it, in one breath: others would take what this device waited for. */
    synchronized Optional<Instant> addAndTake(LeasePlan.Take lease, boolean newDevice, Instant now) {
        add(lease);
        return take(newDevice, now);
    }

    synchronized void add(LeasePlan.Take lease) {
        for (int i = 0; i < lease.block().size(); i++) {
            slots.add(lease.block().slot(i));
        }
        newest = newest.followedBy(lease.block(), settings.blockSlotsMax());
        grants += lease.grants();
    }

    synchronized void giveBack(Reservation reservation) {
        slots.add(reservation.slot());
        grants += reservation.grant() ? 1 : 0;
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
        return grants;
    }

    /** What to lease for a device that found nothing here. */
    synchronized LeaseNeed need(boolean newDevice, boolean backlog, Instant now) {
        int wanted = slots.isEmpty() ? Math.max(1, blockSlots(backlog, now)) : 0;
        return new LeaseNeed(wanted, newDevice, grants, atMostBlock(grantDemand.recent(now)));
    }

    /**
     * What to lease ahead of need, once half of what is wanted here is spent; empty before, and when no devices are about to come. It fills
     * up to the block and no further, so that nobody ever holds, or wastes by a crash, more than one block.
     */
    synchronized Optional<LeaseNeed> needAhead(boolean backlog, Instant now) {
        int wanted = blockSlots(backlog, now);
        return wanted < 2 || slots.size() > wanted / 2
                ? Optional.empty()
                : Optional.of(
                        new LeaseNeed(wanted - slots.size(), false, grants, atMostBlock(grantDemand.recent(now))));
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
        int idleGrants = all || grantDemand.recent(now) < IDLE_DEMAND ? grants : 0;
        var surplus = new Surplus(newest.last(unspent), idleGrants);
        newest = newest.first(newest.size() - unspent);
        grants -= idleGrants;
        return surplus;
    }

    /** Takes back what could not go back. */
    synchronized void restore(Surplus surplus) {
        add(new LeasePlan.Take(Ledger.UNUSED, surplus.tail(), surplus.grants()));
    }

    private int blockSlots(boolean backlog, Instant now) {
        int demanded = atMostBlock(slotDemand.recent(now));
        return backlog ? Math.max(demanded, Math.min(BACKLOG_SLOTS_MIN, settings.blockSlotsMax())) : demanded;
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
