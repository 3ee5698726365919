package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What one replica holds of one instance: slots not yet given and capacity not yet used; and how much it was asked for of late. */
final class Holdings {
    /** What remains of the demand of one device after five seconds. */
    private static final double IDLE_DEMAND = 0.0067;

    private final DpsInstanceId instance;
    private final SchedulingSettings settings;
    private final SchedulingEvents events;
    private final PriorityQueue<Instant> slots = new PriorityQueue<>();
    private final Demand slotDemand = new Demand();
    private final Demand grantDemand = new Demand();
    private SlotBlock newest = SlotBlock.NONE; // the end of the last run of slots leased here, spent ones among them
    private int grants; // two numbers and no record: they change with each device, and are to leave no garbage
    private long grantsEpoch;
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

    /** The earliest slot, with a grant if {@code newDevice}; null if either is missing, or the grants have to be looked at again. */
    synchronized @Nullable Reservation take(boolean newDevice, Instant now) {
        dropPast(now);
        if (slots.isEmpty() || (newDevice && (grants == 0 || !now.isBefore(grantsFreshUntil)))) {
            return null;
        }
        grants -= newDevice ? 1 : 0;
        return new Reservation(instance, slots.remove(), newDevice, grantsEpoch);
    }

    /** Adds what was leased and takes from it, in one breath: others would take what this device waited for. */
    synchronized @Nullable Reservation addAndTake(
            LeasePlan.Take lease, Instant leasedAfter, boolean newDevice, Instant now) {
        add(lease, leasedAfter);
        return take(newDevice, now);
    }

    /** @param leasedAfter when the ledger had not been looked at yet; from then on it is known whose epoch it is */
    synchronized void add(LeasePlan.Take lease, Instant leasedAfter) {
        addSlots(lease.block());
        addGrants(lease.grants(), lease.next().epoch());
        grantsFreshUntil = leasedAfter.plus(SchedulingSettings.GRANTS_FRESH_FOR);
    }

    synchronized void giveBack(Reservation reservation) {
        slots.add(reservation.slot());
        if (reservation.grant() && reservation.epoch() == grantsEpoch) {
            grants++;
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
        return grants;
    }

    /** What to lease for a device that found nothing here. */
    synchronized LeaseNeed need(boolean newDevice, boolean backlog, int most, Instant now) {
        int wanted = slots.isEmpty() ? Math.max(1, blockSlots(backlog, most, now)) : 0;
        return new LeaseNeed(wanted, newDevice, new Grants(grants, grantsEpoch), grantsWanted(backlog, now));
    }

    /**
     * What to lease ahead of need, once half of what is wanted here is spent; null before, and when no devices are about to come. It fills
     * up to the block and no further, so that nobody ever holds, or wastes by a crash, more than one block.
     */
    synchronized @Nullable LeaseNeed needAhead(boolean backlog, int most, Instant now) {
        int wanted = blockSlots(backlog, most, now);
        return wanted < 2 || slots.size() > wanted / 2
                ? null
                : new LeaseNeed(
                        wanted - slots.size(), false, new Grants(grants, grantsEpoch), grantsWanted(backlog, now));
    }

    /**
     * Lets go of what nobody has come for in the last seconds, or of {@code all}: grants, and the unspent slots at the end of the newest
     * run. Slots before them stay: they are of use only here. Grants beyond {@code stockMax} go too: near the end they are others' last.
     */
    synchronized Surplus letGo(boolean all, long stockMax, Instant now) {
        dropPast(now);
        int unspent = 0;
        if (all || slotDemand.recent(now) < IDLE_DEMAND) {
            while (unspent < newest.size() && slots.remove(newest.slot(newest.size() - 1 - unspent))) {
                unspent++;
            }
        }
        boolean idle = all || grantDemand.recent(now) < IDLE_DEMAND;
        int idleGrants = (int) Math.max(0, grants - (idle ? 0 : stockMax));
        var surplus = new Surplus(newest.last(unspent), idleGrants, grantsEpoch);
        newest = newest.first(newest.size() - unspent);
        grants -= idleGrants;
        return surplus;
    }

    /** Gives up the slots that open before {@code until}. */
    synchronized void dropUntil(Instant until) {
        dropPast(until);
    }

    /** Takes back what could not go back. */
    synchronized void restore(Surplus surplus) {
        addSlots(surplus.tail());
        if (surplus.grants() > 0) {
            addGrants(surplus.grants(), surplus.epoch());
        }
    }

    /** Those of an older epoch are the count's to find. */
    private void addGrants(int more, long epoch) {
        grants = (epoch == grantsEpoch ? grants : 0) + more;
        grantsEpoch = epoch;
    }

    private void addSlots(SlotBlock block) {
        for (int i = 0; i < block.size(); i++) {
            slots.add(block.slot(i));
        }
        newest = newest.followedBy(block, settings.blockSlotsMax());
    }

    /** A full one when devices sleep until their slots anyway: somebody comes for them, and the store is not asked for each. */
    private int blockSlots(boolean backlog, int most, Instant now) {
        return backlog ? most : Math.min(most, atMostBlock(slotDemand.recent(now)));
    }

    /** As much capacity as slots: a lease for want of it costs as much as one for a slot. */
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
