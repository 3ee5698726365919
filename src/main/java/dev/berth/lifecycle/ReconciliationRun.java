package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.HeldRun;
import dev.berth.enrollment.Pause;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.provisioning.Devices;
import dev.berth.scheduling.Ledgers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One reconciliation that this replica holds, taken from stage to stage. */
final class ReconciliationRun {
    private final DpsInstanceId instance;
    private final DpsService service;
    private final Environment environment;
    private final InventorySnapshot inventory;
    private final LookUps lookUps;
    private final RegistrationJudge judge;
    private final LedgerSettlement settlement;
    private final CountMemory memory;
    private final RunProgress progress;
    private @Nullable RegistrationCount counting;

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
        var settings = environment.settings();
        this.instance = instance.id();
        this.service = service;
        this.environment = environment;
        this.inventory = inventory;
        this.lookUps = new LookUps(service, environment.services(), inventory, settings.lookUpsMax());
        this.judge =
                new RegistrationJudge(this.instance, environment.devices(), environment.clock(), environment.events());
        this.settlement = new LedgerSettlement(this.instance, environment.ledgers(), environment.clock());
        this.memory = new CountMemory(this.instance, environment.store(), settings.registrationsMax());
        this.progress = new RunProgress(held, service, environment.clock());
    }

    /** Until it has ended. */
    Stage.Ended proceed() {
        if (progress.stage() instanceof Stage.Open open && !(open instanceof Stage.Beginning)) {
            memory.restore(open.count().chunks());
        }
        while (true) {
            switch (progress.stage()) {
                case Stage.Beginning beginning -> begin(beginning);
                case Stage.Counting from -> count(from);
                case Stage.Comparing comparing -> compare(comparing);
                case Stage.Ended ended -> {
                    return ended;
                }
            }
        }
    }

    /** Notes why it cannot come to its end. */
    Stage.Ended fail(String reason) {
        return progress.fail(reason);
    }

    /** Notes that it stops here, and that it can be gone on with after {@code pause}. */
    void interrupt(String why, Duration pause) {
        progress.interrupt(reached(), why, pause);
    }

    private Stage reached() {
        return counting != null && counting.isBetweenPages() && progress.stage() instanceof Stage.Counting from
                ? counting.save(from.baseline())
                : progress.stage();
    }

    private void begin(Stage.Beginning beginning) {
        var groups = new CountedGroups(service, inventory).of(instance, beginning.remembered());
        memory.saveFindings();
        progress.enter(new Stage.Counting(settlement.begin(), new Count(groups, 0, Tally.NONE), null));
    }

    private void count(Stage.Counting from) {
        var count = new RegistrationCount(
                service,
                environment.settings().pageSize(),
                new PageJudge(judge, environment.threads()),
                lookUps,
                memory,
                from);
        counting = count;
        for (var confirmed = count.readPage(); confirmed.isPresent(); confirmed = count.readPage()) {
            if (confirmed.get() > 0) {
                environment.events().confirmed(instance, confirmed.get());
            }
            if (memory.isChunkFull() || progress.isSaveDue() || isStopped()) {
                progress.enter(count.save(from.baseline()));
                stopIfToldTo();
            }
        }
        progress.enter(
                new Stage.Comparing(from.baseline(), count.save(from.baseline()).count()));
    }

    private void compare(Stage.Comparing from) {
        waitUntil(from.baseline().at().plus(environment.settings().settleAfter()), from);
        var comparison = new DeviceComparison(
                instance,
                environment.devices(),
                judge,
                lookUps,
                memory,
                from.baseline().epoch(),
                progress.startedAt(),
                environment.clock());
        while (comparison.readPage()) {
            stopIfToldTo();
            saveIfDue(from);
        }
        memory.saveFindings();
        settle(from, comparison);
    }

    private void settle(Stage.Comparing from, DeviceComparison comparison) {
        var count = from.count().plus(comparison.tally());
        var settled = settlement.settle(from.baseline(), memory.size(), comparison.olderUnits());
        settled.ifPresentOrElse(
                result -> progress.enter(new Stage.Settled(count, result, now())),
                () -> fail("another count of the instance began meanwhile"));
        memory.forget(count.chunks());
    }

    /** Only then has capacity of older epochs become devices, or never will. */
    private void waitUntil(Instant until, Stage.Comparing from) {
        while (now().isBefore(until)) {
            stopIfToldTo();
            try {
                var left = Duration.between(now(), until);
                environment.pause().sleep(left.compareTo(RunProgress.SAVED_EVERY) > 0 ? RunProgress.SAVED_EVERY : left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            saveIfDue(from);
        }
    }

    /** A comparison is short and begun anew; what is saved is that somebody is at it. */
    private void saveIfDue(Stage.Comparing from) {
        if (progress.isSaveDue()) {
            progress.enter(from);
        }
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
