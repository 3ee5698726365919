package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.HeldRun;
import dev.berth.enrollment.Pause;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.Devices;
import dev.berth.scheduling.Ledgers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One reconciliation that this replica holds, taken from stage to stage. */
final class ReconciliationRun {
    /** A crash loses no more of the count than this, nor than one chunk. */
    private static final Duration SAVED_EVERY = Duration.ofSeconds(30);

    private final DpsInstanceId instance;
    private final HeldRun<Reconciliation> held;
    private final DpsService service;
    private final Environment environment;
    private final InventorySnapshot inventory;
    private final LookUps lookUps;
    private final RegistrationJudge judge;
    private final long operationsBefore;
    private SeenIds seen;
    private Findings findings;
    private @Nullable RegistrationCount counting;
    private Instant savedAt;

    /** What every run is given. */
    record Environment(
            Devices devices,
            Ledgers ledgers,
            Reconciliations store,
            DpsServices services,
            ReconciliationSettings settings,
            InstantSource clock,
            Pause pause,
            Executor threads,
            ReconciliationEvents events) {}

    /** What an earlier life of the count saw is gone. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("what was counted before the interruption cannot be read");
        }
    }

    /** It was told to stop, and can be gone on with. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped on the way");
        }
    }

    ReconciliationRun(
            DpsInstance instance,
            HeldRun<Reconciliation> held,
            DpsService service,
            Environment environment,
            InventorySnapshot inventory) {
        this.instance = instance.id();
        this.held = held;
        this.service = service;
        this.environment = environment;
        this.inventory = inventory;
        this.lookUps = new LookUps(
                service,
                environment.services(),
                inventory,
                environment.settings().lookUpsMax());
        this.judge = new RegistrationJudge(this.instance, environment.devices(), environment.clock());
        this.operationsBefore = held.run().operations() - service.operations();
        this.seen = new SeenIds(environment.settings().registrationsMax());
        this.findings = Findings.none(this.instance, environment.store());
        this.savedAt = now();
    }

    /** Until it has ended. */
    Stage.Ended proceed() {
        if (held.run().stage() instanceof Stage.Open open) {
            restore(open.count().chunks());
        }
        while (true) {
            switch (held.run().stage()) {
                case Stage.Beginning beginning -> begin(beginning);
                case Stage.Counting counting -> count(counting);
                case Stage.Comparing comparing -> compare(comparing);
                case Stage.Ended ended -> {
                    return ended;
                }
            }
        }
    }

    /** Notes why it cannot come to its end. */
    Stage.Ended fail(String reason) {
        var failed = new Stage.Failed(held.run().stage().count(), reason, now());
        enter(failed);
        return failed;
    }

    /** Notes that it stops here, and that it can be gone on with after {@code pause}. */
    void interrupt(String why, Duration pause) {
        held.write(held.run().at(reached(), operations(), now()).interrupted(why, now().plus(pause)));
    }

    private Stage reached() {
        return counting != null && counting.isBetweenPages() && held.run().stage() instanceof Stage.Counting from
                ? new Stage.Counting(from.baseline(), counting.save(), counting.continuation())
                : held.run().stage();
    }

    private long operations() {
        return operationsBefore + service.operations();
    }

    /** What a count before this one left is as good as nothing, until the first of this one is saved. */
    private void restore(int chunks) {
        if (held.run().stage() instanceof Stage.Beginning) {
            return;
        }
        findings = Findings.saved(instance, environment.store());
        for (int chunk = 0; chunk < chunks; chunk++) {
            seen.restore(environment.store().seen(instance, chunk).orElseThrow(Unreadable::new));
        }
    }

    private void begin(Stage.Beginning beginning) {
        var groups = new CountedGroups(service, inventory).of(instance, beginning.remembered());
        findings.save();
        var baseline = settlement().begin();
        enter(new Stage.Counting(baseline, new Count(groups, 0, Tally.NONE), null));
    }

    private void count(Stage.Counting from) {
        var count = new RegistrationCount(
                instance,
                service,
                environment.store(),
                environment.settings().pageSize(),
                new PageJudge(judge, environment.threads()),
                lookUps,
                seen,
                findings,
                from);
        counting = count;
        for (var confirmed = count.readPage(); confirmed.isPresent(); confirmed = count.readPage()) {
            if (confirmed.get() > 0) {
                environment.events().confirmed(instance, confirmed.get());
            }
            if (count.isFull() || isSaveDue() || isStopped()) {
                enter(new Stage.Counting(from.baseline(), count.save(), count.continuation()));
                stopIfToldTo();
            }
        }
        enter(new Stage.Comparing(from.baseline(), count.save()));
    }

    private void compare(Stage.Comparing from) {
        waitUntil(from.baseline().at().plus(environment.settings().settleAfter()), from);
        var comparison = new DeviceComparison(
                instance,
                environment.devices(),
                judge,
                lookUps,
                seen,
                findings,
                from.baseline().epoch(),
                held.run().startedAt(),
                environment.clock());
        while (comparison.readPage()) {
            stopIfToldTo();
            if (isSaveDue()) {
                enter(from);
            }
        }
        findings.save();
        settle(from, comparison);
    }

    private void settle(Stage.Comparing from, DeviceComparison comparison) {
        var count = from.count().plus(comparison.tally());
        var settled = settlement().settle(from.baseline(), seen.size(), comparison.olderUnits());
        settled.ifPresentOrElse(
                settlement -> enter(new Stage.Settled(count, settlement, now())),
                () -> fail("another count of the instance began meanwhile"));
        forget(count.chunks());
    }

    /** What is left behind, the next count overwrites. */
    private void forget(int chunks) {
        try {
            environment.store().forgetSeen(instance, chunks);
        } catch (RepositoryUnavailableException outage) {
            // They are a few documents, and nobody reads them.
        }
    }

    /** Only then has capacity of older epochs become devices, or never will. */
    private void waitUntil(Instant until, Stage.Comparing from) {
        while (now().isBefore(until)) {
            stopIfToldTo();
            try {
                var left = Duration.between(now(), until);
                environment.pause().sleep(left.compareTo(SAVED_EVERY) > 0 ? SAVED_EVERY : left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (isSaveDue()) {
                enter(from);
            }
        }
    }

    private LedgerSettlement settlement() {
        return new LedgerSettlement(instance, environment.ledgers(), environment.clock());
    }

    private void enter(Stage stage) {
        held.write(held.run().at(stage, operations(), now()));
        savedAt = now();
    }

    private boolean isSaveDue() {
        return !now().isBefore(savedAt.plus(SAVED_EVERY));
    }

    private static boolean isStopped() {
        return Thread.currentThread().isInterrupted();
    }

    private static void stopIfToldTo() {
        if (isStopped()) {
            throw new Stopped();
        }
    }

    private Instant now() {
        return environment.clock().instant();
    }
}
