package dev.berth.lifecycle;

import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.HeldRun;
import dev.berth.enrollment.Pause;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Devices;
import dev.berth.scheduling.Ledgers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles what Berth believes of one DPS instance with what that really holds: counts, confirms, lists what does not fit, and settles the
 * ledger ({@link LedgerSettlement} says how). One replica at a time does it; what it could not finish, another goes on with.
 */
public final class Reconciler {
    /** After a fault of DPS or of the store that may pass. */
    static final Duration RETRY_AFTER_FAULT = Duration.ofMinutes(1);

    /** After one that somebody has to do something about. */
    static final Duration RETRY_AFTER_FAILURE = Duration.ofMinutes(10);

    private static final String NO_ANSWER = "the instance cannot be counted now";

    private final ReconciliationRun.Environment environment;
    private final String replica;

    /**
     * @param replica what tells this replica's leases from those of others, and of its earlier lives
     * @param threads where the devices of a page are read and written, at most {@value PageJudge#AT_ONCE_MAX} at a time for each run;
     *     {@code Runnable::run} does it on the spot
     */
    public Reconciler(
            Devices devices,
            Ledgers ledgers,
            Reconciliations store,
            DpsServices services,
            ReconciliationSettings settings,
            String replica,
            InstantSource clock,
            Pause pause,
            Executor threads,
            ReconciliationEvents events) {
        this.environment = new ReconciliationRun.Environment(
                devices, ledgers, store, services, settings, clock, pause, threads, events);
        this.replica = replica;
    }

    /** How an attempt to reconcile ended. */
    public enum Outcome {
        /** The ledger is settled. */
        DONE,
        /** It cannot come to its end; the reconciliation says why. */
        FAILED,
        /** It stopped on the way, and can be gone on with. */
        INTERRUPTED,
        /** Another replica is at it, or it waits for a fault to pass. */
        BUSY,
        /** There is one that began no earlier than it was wanted. */
        RECENT
    }

    /** Reconciles, unless another replica does, or one that began at {@code wantedSince} or later has ended. */
    public Outcome run(DpsInstance instance, InventorySnapshot inventory, Instant wantedSince) {
        Instant now = environment.clock().instant();
        var found = environment.store().find(instance.id());
        var last = found.map(Versioned::value);
        if (last.filter(run -> run.isTaken(now)).isPresent()) {
            return Outcome.BUSY;
        }
        if (last.filter(run -> !run.startedAt().isBefore(wantedSince) && !isWorthRepeating(run, now))
                .isPresent()) {
            return Outcome.RECENT;
        }
        @Nullable String version = found.map(Versioned::version).orElse(null);
        try {
            return HeldRun.take(environment.store(), instance.id(), version, next(last, now))
                    .map(held -> run(instance, inventory, held))
                    .orElse(Outcome.BUSY);
        } catch (HeldRun.Lost lost) {
            return Outcome.BUSY;
        }
    }

    private static boolean isWorthRepeating(Reconciliation run, Instant now) {
        return switch (run.stage()) {
            case Stage.Open open -> true;
            case Stage.Settled settled -> false;
            case Stage.Failed failed -> !now.isBefore(failed.at().plus(RETRY_AFTER_FAILURE));
        };
    }

    private Reconciliation next(Optional<Reconciliation> last, Instant now) {
        return last.filter(run -> run.isResumable(now))
                .map(run -> run.resumed(replica, now))
                .orElseGet(() -> Reconciliation.started(replica, last.orElse(null), now));
    }

    private Outcome run(DpsInstance instance, InventorySnapshot inventory, HeldRun<Reconciliation> held) {
        return switch (environment.services().access(instance)) {
            case DpsServices.Access.Closed(var reason, var detail) -> closed(instance, held, detail);
            case DpsServices.Access.Open(var service) ->
                run(instance, new ReconciliationRun(instance, held, service, environment, inventory), held);
        };
    }

    private Outcome closed(DpsInstance instance, HeldRun<Reconciliation> held, String detail) {
        var now = environment.clock().instant();
        var failed = new Stage.Failed(held.run().stage().count(), detail, now);
        held.write(held.run().at(failed, held.run().operations(), now));
        return ended(instance, held, failed);
    }

    private Outcome run(DpsInstance instance, ReconciliationRun run, HeldRun<Reconciliation> held) {
        try {
            return ended(instance, held, run.proceed());
        } catch (SeenIds.Full | CountMemory.Unreadable hopeless) {
            return ended(instance, held, run.fail(reason(hopeless)));
        } catch (ReconciliationRun.Stopped stopped) {
            return interrupted(instance, run, reason(stopped), Duration.ZERO);
        } catch (RepositoryUnavailableException outage) {
            return interrupted(instance, run, "the store cannot serve", RETRY_AFTER_FAULT);
        } catch (DpsServiceException fault) {
            return switch (fault.kind()) {
                case REFUSED -> ended(instance, held, run.fail(reason(fault)));
                case INTERRUPTED -> interrupted(instance, run, "stopped on the way", Duration.ZERO);
                case THROTTLED, UNAUTHORIZED, UNAVAILABLE, OUTCOME_UNKNOWN, OVERLOADED ->
                    interrupted(instance, run, reason(fault), RETRY_AFTER_FAULT);
            };
        }
    }

    private Outcome ended(DpsInstance instance, HeldRun<Reconciliation> held, Stage.Ended ended) {
        var took = Duration.between(held.run().startedAt(), ended.at());
        environment.events().ended(instance.id(), took, held.run().operations(), ended);
        return ended instanceof Stage.Settled ? Outcome.DONE : Outcome.FAILED;
    }

    /** A thread that was told to stop still has to say how far it came, and stays told. */
    private Outcome interrupted(DpsInstance instance, ReconciliationRun run, String why, Duration pause) {
        boolean stopped = Thread.interrupted();
        try {
            run.interrupt(why, pause);
        } catch (HeldRun.Lost | RepositoryUnavailableException silent) {
            // The lease runs out by itself; until then nobody goes on.
        } finally {
            if (stopped) {
                Thread.currentThread().interrupt();
            }
        }
        environment.events().interrupted(instance.id(), why);
        return Outcome.INTERRUPTED;
    }

    private static String reason(RuntimeException cause) {
        return cause.getMessage() == null ? NO_ANSWER : cause.getMessage();
    }
}
