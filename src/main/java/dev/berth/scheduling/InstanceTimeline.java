package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One DPS instance as one replica sees it: what it holds, and how it comes by more.
 *
 * <p>This object's monitor is held while the store is asked, that of its holdings only for a moment. A device that finds a slot here waits
 * for neither the store nor a lease in flight; devices that find none wait for one lease together. A block is as large as
 * what was wanted here during the last second: one slot when idle, so that idle replicas waste none, and up to {@code blockSlotsMax} in a
 * rush. When half of it is spent, it is filled up again.
 */
final class InstanceTimeline {
    /** A lease that took longer than its lead has brought slots that are past already; then another is tried. */
    private static final int LEASES_PER_TAKE_MAX = 3;

    private final DpsInstanceId instance;
    private final LedgerAccess ledger;
    private final Holdings holdings;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final Executor prefetch;
    private final SchedulingEvents events;
    private final ThrottleReports throttleReports = new ThrottleReports();
    private final AtomicBoolean prefetching = new AtomicBoolean();
    private volatile @Nullable DpsInstance newest;
    private volatile @Nullable Block lastBlock;
    private boolean released;

    /** Under these limits a replica wants to hold so many slots at most. */
    private record Block(Limits limits, int slots) {}

    InstanceTimeline(
            DpsInstanceId instance,
            Ledgers ledgers,
            SchedulingSettings settings,
            InstantSource clock,
            Executor prefetch,
            SchedulingEvents events) {
        this.instance = instance;
        this.ledger = new LedgerAccess(instance, ledgers, settings, clock, events);
        this.holdings = new Holdings(instance, settings, events);
        this.settings = settings;
        this.clock = clock;
        this.prefetch = prefetch;
        this.events = events;
    }

    /** Learns how the inventory describes the instance now. */
    @SuppressWarnings("ReferenceEquality") // the same object until the inventory is read again; no need to compare it
    void know(DpsInstance instance) {
        if (newest != instance) {
            newest = instance;
        }
    }

    /** As the inventory described it when a device last asked for it; null if none ever did. */
    @Nullable DpsInstance known() {
        return newest;
    }

    /** Takes the earliest slot, and capacity with it if {@code newDevice}. */
    SlotOutcome take(Limits limits, boolean newDevice) {
        Instant now = clock.instant();
        holdings.want(newDevice, now);
        @Nullable Reservation held = holdings.take(newDevice, now);
        if (held == null) {
            return takeOrLease(limits, newDevice);
        }
        leaseAhead(limits, now);
        return given(held);
    }

    /** Takes back a slot that no device was told of. */
    void giveBack(Reservation reservation) {
        holdings.giveBack(reservation);
    }

    /** How this instance compares now; asks the store for nothing. */
    Standing standing(Limits limits) {
        Instant now = clock.instant();
        Ledger seen = ledger.lastSeen();
        Instant held = holdings.nextSlot(now);
        int grants = holdings.grants();
        boolean full = grants == 0 && ledger.isFresh(now) && seen.committed() >= limits.registrationsMax();
        return new Standing(
                held != null ? held : later(seen.slotsGivenUntil(), now.plus(settings.lead())),
                seen.committed() - grants,
                full,
                ledger.outageUntil());
    }

    /**
     * Looks at the ledger if the standing is a guess: no slot is held, and the ledger was not seen of late. To whoever has not looked for long,
     * an instance seems idle that all others have filled meanwhile. Whether it is no guess any more.
     */
    boolean lookIfBlind() {
        Instant now = clock.instant();
        if (holdings.nextSlot(now) != null || ledger.isFresh(now)) {
            return false;
        }
        ledger.refresh();
        return ledger.isFresh(now);
    }

    /** How many slots within the horizon are held here, or leased by nobody, by what the store said a moment ago. */
    long freeSlots(Limits limits) {
        ledger.refresh();
        Instant now = clock.instant();
        Instant from = later(ledger.lastSeen().slotsGivenUntil(), now);
        return holdings.slots(now)
                + SlotSpacing.of(limits).fitInto(Duration.between(from, now.plus(settings.horizon())));
    }

    /** A device says what DPS answered to its registration at {@code slot}. */
    void reported(String device, Instant slot, RegistrationResult result) {
        Instant now = clock.instant();
        Duration pause = heard(device, slot, result, now);
        if (pause.isPositive()) {
            events.throttled(instance, pause);
            pauseUntil(now.plus(pause));
        }
    }

    private Duration heard(String device, Instant slot, RegistrationResult result, Instant now) {
        synchronized (throttleReports) {
            return throttleReports.heard(device, slot, result, now);
        }
    }

    private synchronized void pauseUntil(Instant until) {
        holdings.dropUntil(until);
        ledger.pause(until);
    }

    /** Hands back what nobody has come for: capacity, and the newest slots if no other replica has leased later ones. */
    void tidy() {
        handBack(false);
    }

    /** Hands back all that can go back; a prefetch that is under way then leases nothing. */
    synchronized void release() {
        released = true;
        handBack(true);
    }

    private synchronized void handBack(boolean all) {
        Surplus surplus = holdings.letGo(all, stockMax(), clock.instant());
        if (!surplus.isEmpty()) {
            holdings.restore(ledger.handBack(surplus));
        }
    }

    private long stockMax() {
        Block last = lastBlock;
        long remaining = last == null
                ? 0
                : last.limits().registrationsMax() - ledger.lastSeen().committed() + holdings.grants();
        return LeasePlan.stockMax(Math.max(0, remaining));
    }

    private synchronized SlotOutcome takeOrLease(Limits limits, boolean newDevice) {
        @Nullable Reservation held = holdings.take(newDevice, clock.instant());
        for (int leases = 0; held == null && leases < LEASES_PER_TAKE_MAX; leases++) {
            Instant leasedAfter = clock.instant();
            switch (ledger.lease(
                    holdings.need(
                            newDevice,
                            ledger.hasBacklog(leasedAfter),
                            block(limits).slots(),
                            leasedAfter),
                    limits)) {
                case LeasePlan.Refuse refuse -> {
                    return refuse.outcome();
                }
                case LeasePlan.Take lease -> held = holdings.addAndTake(lease, leasedAfter, newDevice, clock.instant());
            }
        }
        return held != null
                ? given(held)
                : new SlotOutcome.Unavailable(clock.instant().plus(settings.outageRetry()));
    }

    private Reservation given(Reservation reservation) {
        events.slotGiven(instance);
        return reservation;
    }

    private void leaseAhead(Limits limits, Instant now) {
        if (holdings.needAhead(ledger.hasBacklog(now), block(limits).slots(), now) != null
                && prefetching.compareAndSet(false, true)) {
            try {
                prefetch.execute(() -> leaseAheadNow(limits));
            } catch (RejectedExecutionException busy) {
                prefetching.set(false); // the device that finds nothing here leases for itself
            }
        }
    }

    private synchronized void leaseAheadNow(Limits limits) {
        try {
            Instant leasedAfter = clock.instant();
            @Nullable LeaseNeed need = holdings.needAhead(
                    ledger.hasBacklog(leasedAfter), block(limits).slots(), leasedAfter);
            if (!released && need != null && ledger.lease(need, limits) instanceof LeasePlan.Take lease) {
                holdings.add(lease, leasedAfter);
            }
        } finally {
            prefetching.set(false);
        }
    }

    /** Worked out when the limits change, and not with each device. */
    private Block block(Limits limits) {
        Block last = lastBlock;
        if (last != null && last.limits().equals(limits)) {
            return last;
        }
        var block = new Block(limits, settings.blockSlots(SlotSpacing.of(limits)));
        lastBlock = block;
        return block;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
