package dev.berth.lifecycle;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.lifecycle.Stage.Baseline;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.Ledgers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was counted in the place of what was believed.
 *
 * <p>{@link Ledger#committed} should be the number of registrations that DPS holds, and of those that may yet be made: by devices that were told, by
 * replicas that hold grants. It drifts. A replica that dies leaves its grants in it; registrations that do not come through Berth are missing
 * from it. The naive cure is to count and to write what was counted. It is wrong twice over: what is promised cannot be counted, and a count
 * takes minutes, in which devices go on registering, some behind its back and some before its eyes.
 *
 * <p>So a count is about the past. It begins by raising the ledger's epoch, in the swap that reads {@code committed}. Each unit of capacity in
 * that number was taken in an older epoch, each one taken later is of the new epoch, and the device that uses it keeps the number of its
 * epoch. A unit of an older epoch that is not in use goes nowhere any more: a replica hands none back, and gives none to a device more than
 * {@code settleAfter} later. From then on, what the older units really stand for can be counted at leisure:
 *
 * <pre>   registrations that were seen at DPS
 * + devices assigned here in an older epoch that were not seen       (promised, not visible yet)
 * − devices assigned here in the new epoch that were seen            (their unit is not an older one)</pre>
 *
 * <p>The difference to what {@code committed} said at the beginning is added to what it says at the end. What was leased and handed back in
 * between is in both numbers and stays. If a device registers, or a registration vanishes, while the count passes, it is counted or not as it
 * happens; where the two readings could disagree the larger one is taken, and the next count finds out. The ledger notes that its epoch is
 * settled in the same swap, so that a replica that goes on with the work of a dead one settles nothing twice.
 */
final class LedgerSettlement {
    /** Replicas lease a few times a second each; whoever comes too late simply tries again. */
    private static final int ATTEMPTS_MAX = 200;

    private final DpsInstanceId instance;
    private final Ledgers ledgers;
    private final InstantSource clock;

    LedgerSettlement(DpsInstanceId instance, Ledgers ledgers, InstantSource clock) {
        this.instance = instance;
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** From here on, what is taken is of a new epoch. */
    Baseline begin() {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var read = ledgers.find(instance);
            var counting = valueOf(read).counting();
            if (swap(read, counting)) {
                return new Baseline(counting.epoch(), counting.committed(), clock.instant());
            }
        }
        throw busy();
    }

    /** Settles what the units of older epochs stand for; empty if another count began meanwhile, which will know better. */
    Optional<Settlement> settle(Baseline baseline, long counted, long olderUnits) {
        long difference = olderUnits - baseline.committed();
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var read = ledgers.find(instance);
            var ledger = valueOf(read);
            if (ledger.epoch() != baseline.epoch()) {
                return Optional.empty();
            }
            if (!ledger.awaits(baseline.epoch())) {
                return Optional.of(new Settlement(counted, ledger.committed() - difference, ledger.committed()));
            }
            var settled = ledger.settled(difference);
            if (swap(read, settled)) {
                return Optional.of(new Settlement(counted, ledger.committed(), settled.committed()));
            }
        }
        throw busy();
    }

    private boolean swap(Optional<Versioned<Ledger>> read, Ledger next) {
        @Nullable String version = read.map(Versioned::version).orElse(null);
        return ledgers.swap(instance, version, next).isPresent();
    }

    private static Ledger valueOf(Optional<Versioned<Ledger>> read) {
        return read.map(Versioned::value).orElse(Ledger.UNUSED);
    }

    private static RepositoryUnavailableException busy() {
        return new RepositoryUnavailableException(
                "too many replicas at one ledger", false, Duration.ofSeconds(1), null);
    }
}
