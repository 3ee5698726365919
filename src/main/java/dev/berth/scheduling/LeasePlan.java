package dev.berth.scheduling;

import dev.berth.inventory.Limits;
import java.time.Duration;
import java.time.Instant;

/**
 * What a replica does with a ledger it has read, as a pure function of the two.
 *
 * <p><b>Slots.</b> A block begins where the ledger ends, but not before {@code now + lead}. It ends within the horizon and spans a bounded
 * time, which bounds how far replicas may disorder arrivals, and what a crash wastes.
 *
 * <p><b>Capacity.</b> A slot can be wasted, since time makes new ones. Capacity cannot, so a replica never decides alone that there is
 * some: it takes grants from {@code committed} along with its blocks, and hands back those that lie idle ({@link Surplus}). That makes
 * capacity as cheap as slots, at the price that what one replica holds, another does not see. Near the end this would turn devices away
 * while there is room. Hence a replica stocks at most a {@value #STOCK_SHARE}th of what remains, which for the last
 * {@value #STOCK_SHARE} registrations is none: they are taken one by one, when a device is there for each.
 *
 * <p><b>A ledger in the far future.</b> No sound replica ever writes one that ends later than its horizon and one spacing from its now. One
 * that does was written by a clock that had jumped. To believe it would close the instance until that time comes, perhaps for years; to
 * ignore it would give slots twice. So it is brought back to the latest end that sound replicas can have reached, and
 * {@code ledgerMargin} beyond, which covers any offset that their clocks may have among each other.
 */
sealed interface LeasePlan {
    int STOCK_SHARE = 64;

    /** A plan that ends the lease. */
    sealed interface Settled extends LeasePlan {}

    /** Write {@code next}; once that is done, {@code block} and {@code grants} more are ours. */
    record Take(Ledger next, SlotBlock block, int grants) implements Settled {}

    /** Write {@code next} and look again. */
    record Cap(Ledger next) implements LeasePlan {}

    /** There is nothing to be had. */
    record Refuse(SlotOutcome outcome) implements Settled {}

    static LeasePlan of(Ledger ledger, LeaseNeed need, Limits limits, Instant now, SchedulingSettings settings) {
        var spacing = SlotSpacing.of(limits);
        Instant latest =
                now.plus(settings.horizon()).plus(settings.ledgerMargin()).plus(spacing.interval());
        if (ledger.slotsGivenUntil().isAfter(latest)) {
            return new Cap(ledger.givenUntil(latest));
        }
        SlotBlock block = nextBlock(ledger, need.slots(), spacing, now, settings);
        if (block.isEmpty() && need.slots() > 0) {
            return new Refuse(new SlotOutcome.Beyond(block.from()));
        }
        int held = need.grants().in(ledger.epoch());
        int grants = grants(ledger, need, held, limits.registrationsMax());
        if (need.newDevice() && held + grants < 1) {
            return new Refuse(new SlotOutcome.Full());
        }
        Instant until = block.isEmpty() ? ledger.slotsGivenUntil() : block.until();
        return new Take(ledger.givenUntil(until).granted(grants), block, grants);
    }

    private static SlotBlock nextBlock(
            Ledger ledger, int slots, SlotSpacing spacing, Instant now, SchedulingSettings settings) {
        Instant soonest = now.plus(settings.lead());
        Instant from = ledger.slotsGivenUntil().isAfter(soonest) ? ledger.slotsGivenUntil() : soonest;
        Duration room = Duration.between(from, now.plus(settings.horizon()));
        long withinHorizon = room.isNegative() ? 0 : 1 + spacing.fitInto(room);
        long withinSpan = Math.max(1, spacing.fitInto(settings.blockSpanMax()));
        return new SlotBlock(from, spacing, (int) Math.min(slots, Math.min(withinHorizon, withinSpan)));
    }

    /** How many grants a replica may hold for devices that have not come yet, when so many registrations are not others' already. */
    static long stockMax(long remaining) {
        return remaining / STOCK_SHARE;
    }

    /** How many grants to take. None go back here: a device may be taking them while this is being written. */
    private static int grants(Ledger ledger, LeaseNeed need, int held, long registrationsMax) {
        long remaining = Math.max(0, registrationsMax - ledger.committed());
        long stock = Math.min(need.grantsWanted(), stockMax(remaining + held));
        long target = Math.max(stock, need.newDevice() ? 1 : 0);
        return (int) Math.clamp(target - held, 0, remaining);
    }
}
