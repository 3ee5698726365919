package dev.berth.lifecycle;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Pools;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

/**
 * Reconciles each instance once in an interval, and at once when somebody asks; as one replica sees it. When the last one was, the
 * store says: all replicas look now and then, the first that finds one due does it, and one that died is gone on with.
 */
public final class PeriodicReconciliation {
    /** How often a replica looks whether an instance is due. */
    static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    /** The same, while somebody waits for it. */
    static final Duration LOOK_SOON = Duration.ofSeconds(5);

    /** A count of a large instance takes memory, and has all the time in the world. */
    static final int AT_ONCE_MAX = 4;

    private static final System.Logger LOG = System.getLogger(PeriodicReconciliation.class.getName());

    private final Reconciler reconciler;
    private final Reconciliations store;
    private final Duration interval;
    private final Pools pools;
    private final InstantSource clock;
    private final Executor threads;
    private final Map<DpsInstanceId, Instant> requests = new ConcurrentHashMap<>();
    private final Map<DpsInstanceId, Instant> lookAt = new ConcurrentHashMap<>();
    private final Set<DpsInstanceId> running = ConcurrentHashMap.newKeySet();

    /** @param threads starts a thread for each, at most {@value #AT_ONCE_MAX} at a time */
    public PeriodicReconciliation(
            Reconciler reconciler,
            Reconciliations store,
            Duration interval,
            Pools pools,
            InstantSource clock,
            Executor threads) {
        this.reconciler = reconciler;
        this.store = store;
        this.interval = interval;
        this.pools = pools;
        this.clock = clock;
        this.threads = threads;
    }

    /** Starts what is due and does not wait for it; to be called about once a second, by one thread. */
    public void startDue() {
        var now = clock.instant();
        var instances = pools.snapshot().dpsInstances().stream()
                .filter(this::isCallable)
                .toList();
        var ids = instances.stream().map(DpsInstance::id).collect(Collectors.toSet());
        List.of(requests, lookAt).forEach(times -> times.keySet().retainAll(ids));
        for (var instance : instances) {
            if (!now.isBefore(lookAt.getOrDefault(instance.id(), now))
                    && running.size() < AT_ONCE_MAX
                    && running.add(instance.id())) {
                start(instance);
            }
        }
    }

    /** Wants one that begins now or later; false if the instance has no credentials to be called with, or is disabled. */
    public boolean request(DpsInstance instance) {
        if (!isCallable(instance)) {
            return false;
        }
        requests.put(instance.id(), clock.instant());
        lookAt.remove(instance.id());
        return true;
    }

    /** The one in progress, on whichever replica, or else the last one. */
    public Optional<Reconciliation> newest(DpsInstanceId instance) {
        return store.find(instance).map(Versioned::value);
    }

    /** What the newest one found of one kind, the first {@link Finding#PER_KIND_MAX} of them. */
    public List<Finding> findings(DpsInstanceId instance, Finding.Kind kind) {
        return store.findings(instance, kind);
    }

    private void start(DpsInstance instance) {
        try {
            threads.execute(() -> {
                try {
                    attempt(instance);
                } finally {
                    running.remove(instance.id());
                }
            });
        } catch (RejectedExecutionException stopping) {
            running.remove(instance.id());
        }
    }

    private void attempt(DpsInstance instance) {
        var requested = Optional.ofNullable(requests.get(instance.id()));
        var wantedSince = requested.orElseGet(() -> clock.instant().minus(interval));
        switch (outcome(instance, wantedSince)) {
            case FAILED, RECENT -> requested.ifPresent(wanted -> requests.remove(instance.id(), wanted));
            case DONE,
                    INTERRUPTED,
                    BUSY -> {} // what is done may have begun before it was asked for; the next look shows it
        }
        var next = requests.containsKey(instance.id()) ? LOOK_SOON : LOOK_EVERY;
        lookAt.put(instance.id(), clock.instant().plus(next));
    }

    private Reconciler.Outcome outcome(DpsInstance instance, Instant wantedSince) {
        try {
            return reconciler.run(instance, pools.snapshot(), wantedSince);
        } catch (RepositoryUnavailableException outage) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "reconciliation of " + instance.id() + " ended early: the store cannot serve");
            return Reconciler.Outcome.INTERRUPTED;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "reconciliation of " + instance.id() + " failed", e);
            return Reconciler.Outcome.FAILED;
        }
    }

    private boolean isCallable(DpsInstance instance) {
        return instance.serviceCredentials() != null
                && instance.state() != DpsInstance.State.DISABLED
                && pools.snapshot().isAtHome(instance);
    }
}
