package dev.berth.enrollment;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Pools;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Syncs whatever instance is due, one at a time for each, so that one that hangs holds up no other. */
public final class EnrollmentSyncs {
    private static final System.Logger LOG = System.getLogger(EnrollmentSyncs.class.getName());

    private final EnrollmentSync sync;
    private final SyncSchedule schedule;
    private final SyncRuns runs;
    private final Pools pools;
    private final InstantSource clock;
    private final Executor threads;
    private final Set<DpsInstanceId> running = ConcurrentHashMap.newKeySet();

    /** @param threads starts a thread for each; there are never more than instances */
    public EnrollmentSyncs(
            EnrollmentSync sync,
            SyncSchedule schedule,
            SyncRuns runs,
            Pools pools,
            InstantSource clock,
            Executor threads) {
        this.sync = sync;
        this.schedule = schedule;
        this.runs = runs;
        this.pools = pools;
        this.clock = clock;
        this.threads = threads;
    }

    /** Starts what is due and does not wait for it; to be called about once a second. */
    public void startDue() {
        for (var due : schedule.due(pools.snapshot(), clock.instant())) {
            if (running.add(due.instance().id())) {
                start(due);
            }
        }
    }

    /** Wants a run now; false if the instance has no credentials to be called with, or is disabled. */
    public boolean request(DpsInstance instance) {
        return schedule.request(instance, pools.snapshot(), clock.instant());
    }

    /** The run in progress, of whichever replica, or else the last one. */
    public Optional<SyncRun> lastRun(DpsInstanceId instance) {
        return runs.find(instance).map(Versioned::value);
    }

    private void start(SyncSchedule.Due due) {
        try {
            threads.execute(() -> {
                try {
                    schedule.attempted(due, attempt(due), clock.instant());
                } finally {
                    running.remove(due.instance().id());
                }
            });
        } catch (RejectedExecutionException stopping) {
            running.remove(due.instance().id());
        }
    }

    private EnrollmentSync.Outcome attempt(SyncSchedule.Due due) {
        try {
            return sync.run(due.instance(), pools.snapshot(), due.wantedSince());
        } catch (RepositoryUnavailableException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "enrollment sync of " + due.instance().id() + " ended early: the store cannot serve");
            return EnrollmentSync.Outcome.FAILED;
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "enrollment sync of " + due.instance().id() + " failed",
                    e);
            return EnrollmentSync.Outcome.FAILED;
        }
    }
}
