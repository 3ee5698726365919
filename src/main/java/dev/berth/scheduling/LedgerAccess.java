package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Limits;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance's ledger in the store: reads, compare-and-swaps with a bounded number of attempts, and what was seen last. What was seen a
 * moment ago answers every device that would be refused anyway, and an outage is met once in {@code outageRetry}, not once per device.
 */
final class LedgerAccess {
    private final DpsInstanceId instance;
    private final Ledgers ledgers;
    private final SchedulingSettings settings;
    private final InstantSource clock;
    private final SchedulingEvents events;

    private volatile Seen seen = new Seen(Ledger.UNUSED, Freshness.NEVER, Instant.MIN);
    private volatile Instant outageUntil = Instant.MIN;

    LedgerAccess(
            DpsInstanceId instance,
            Ledgers ledgers,
            SchedulingSettings settings,
            InstantSource clock,
            SchedulingEvents events) {
        this.instance = instance;
        this.ledgers = ledgers;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    /**
     * A ledger as this replica saw it.
     *
     * @param backlogUntil how long there are slots given beyond the selection horizon
     */
    private record Seen(Ledger ledger, Freshness freshness, Instant backlogUntil) {}

    Ledger lastSeen() {
        return seen.ledger();
    }

    boolean isFresh(Instant now) {
        return seen.freshness().includes(now);
    }

    /** Whether devices sleep until their slots, by what was seen last. */
    boolean hasBacklog(Instant now) {
        return now.isBefore(seen.backlogUntil());
    }

    Instant outageUntil() {
        return outageUntil;
    }

    /** Looks at the ledger unless that was done a moment ago; never throws. */
    void refresh() {
        Instant now = clock.instant();
        if (!isFresh(now) && !now.isBefore(outageUntil)) {
            try {
                learn(valueOf(ledgers.find(instance)));
            } catch (RepositoryUnavailableException outage) {
                suffer(outage);
            }
        }
    }

    LeasePlan.Settled lease(LeaseNeed need, Limits limits) {
        Instant now = clock.instant();
        if (now.isBefore(outageUntil)) {
            return unavailable(outageUntil);
        }
        if (isFresh(now)
                && LeasePlan.of(lastSeen(), need, limits, now, settings) instanceof LeasePlan.Refuse stillRefused) {
            return stillRefused;
        }
        try {
            return leaseFromStore(need, limits);
        } catch (RepositoryUnavailableException outage) {
            return unavailable(suffer(outage));
        }
    }

    private LeasePlan.Settled leaseFromStore(LeaseNeed need, Limits limits) {
        for (int attempt = 0; attempt < settings.leaseAttemptsMax(); attempt++) {
            var read = ledgers.find(instance);
            switch (LeasePlan.of(valueOf(read), need, limits, clock.instant(), settings)) {
                case LeasePlan.Refuse refuse -> {
                    learn(valueOf(read));
                    return refuse;
                }
                case LeasePlan.Take take -> {
                    if (swap(read, take.next())) {
                        events.leased(instance, take.block().size(), take.grants());
                        return take;
                    }
                }
                case LeasePlan.Cap cap -> {
                    if (swap(read, cap.next())) {
                        events.ledgerCapped(instance);
                    }
                }
            }
        }
        return unavailable(clock.instant().plus(settings.outageRetry()));
    }

    /** Hands {@code surplus} back as far as it fits; what does not is still ours. An unknown outcome counts as handed back. */
    Surplus handBack(Surplus surplus) {
        try {
            for (int attempt = 0; attempt < settings.leaseAttemptsMax(); attempt++) {
                var read = ledgers.find(instance);
                Surplus left = surplus.afterReturnTo(valueOf(read));
                if (left.equals(surplus) || swap(read, surplus.backIn(valueOf(read)))) {
                    return left;
                }
            }
            return surplus;
        } catch (RepositoryUnavailableException outage) {
            suffer(outage);
            return outage.outcomeUnknown() ? Surplus.NONE : surplus;
        }
    }

    /** Moves the ledger past {@code until}, for all replicas, if it does not end later anyway. */
    void pause(Instant until) {
        try {
            for (int attempt = 0; attempt < settings.leaseAttemptsMax(); attempt++) {
                var read = ledgers.find(instance);
                Ledger ledger = valueOf(read);
                if (!ledger.slotsGivenUntil().isBefore(until) || swap(read, ledger.givenUntil(until))) {
                    return;
                }
            }
        } catch (RepositoryUnavailableException outage) {
            suffer(outage); // others go on until they hear of it themselves
        }
    }

    private boolean swap(Optional<Versioned<Ledger>> read, Ledger next) {
        @Nullable String version = read.map(Versioned::version).orElse(null);
        boolean swapped = ledgers.swap(instance, version, next).isPresent();
        if (swapped) {
            learn(next);
        } else {
            events.ledgerConflict(instance);
        }
        return swapped;
    }

    private void learn(Ledger ledger) {
        seen = new Seen(
                ledger,
                Freshness.of(clock.instant(), settings.ledgerFreshFor()),
                ledger.slotsGivenUntil().minus(settings.selectionHorizon()));
    }

    private Instant suffer(RepositoryUnavailableException outage) {
        events.ledgerUnavailable(instance);
        Duration wait = outage.retryAfter().compareTo(settings.outageRetry()) > 0
                ? settings.retryAfter(outage.retryAfter())
                : settings.outageRetry();
        outageUntil = clock.instant().plus(wait);
        return outageUntil;
    }

    private static Ledger valueOf(Optional<Versioned<Ledger>> read) {
        return read.map(Versioned::value).orElse(Ledger.UNUSED);
    }

    private static LeasePlan.Refuse unavailable(Instant until) {
        return new LeasePlan.Refuse(new SlotOutcome.Unavailable(until));
    }
}
