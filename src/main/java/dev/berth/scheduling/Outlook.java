package dev.berth.scheduling;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Versioned;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How instances and queues stand now, as the store says it. For whoever asks why, or what will be; no decision comes by here. It writes
 * nothing and remembers nothing, and may throw {@link dev.berth.inventory.RepositoryUnavailableException}.
 */
public final class Outlook {
    private final Ledgers ledgers;
    private final Queues queues;
    private final InstanceHealth health;
    private final SchedulingSettings settings;
    private final InstantSource clock;

    public Outlook(
            Ledgers ledgers, Queues queues, InstanceHealth health, SchedulingSettings settings, InstantSource clock) {
        this.ledgers = ledgers;
        this.queues = queues;
        this.health = health;
        this.settings = settings;
        this.clock = clock;
    }

    /** How the instance stands. */
    public InstanceOutlook of(DpsInstance instance) {
        Instant now = clock.instant();
        Ledger ledger = ledgers.find(instance.id()).map(Versioned::value).orElse(Ledger.UNUSED);
        Instant soonest = now.plus(settings.lead());
        Instant availableAt = health.availableAt(instance.id());
        @Nullable Instant unavailableUntil = availableAt.isAfter(now) ? availableAt : null;
        Instant nextSlot = ledger.slotsGivenUntil().isAfter(soonest) ? ledger.slotsGivenUntil() : soonest;
        return new InstanceOutlook(instance, ledger.committed(), nextSlot, unavailableUntil);
    }

    /** How the queue stands. */
    public QueueState of(QueueKey queue) {
        return queues.find(queue).map(Versioned::value).orElse(QueueState.EMPTY);
    }

    /** How the queue stands whose devices may go to these {@code instances}, of which others may take a share. */
    public QueueOutlook of(QueueKey queue, List<InstanceOutlook> instances) {
        var states = new HashMap<QueueKey, QueueState>();
        queues.ofOwner(queue.owner()).forEach((key, state) -> states.put(key, state.value()));
        var seen = instances.stream().collect(toMap(one -> one.instance().id(), Function.identity()));
        var shares = QueueView.of(states, (work, id) -> takes(work, seen.get(id)), settings.shares(), Freshness.NEVER)
                .shares();
        var others = seen.keySet().stream()
                .flatMap(id -> shares.waitingAt(id).stream())
                .filter(other -> !other.equals(queue))
                .collect(toSet());
        double all = 0;
        double own = 0;
        for (InstanceOutlook instance : instances) {
            double perSecond = instance.spacing().perSecond();
            all += perSecond;
            own += perSecond * shares.of(queue, instance.instance().id());
        }
        var state = states.getOrDefault(queue, QueueState.EMPTY);
        return new QueueOutlook(state, all, all == 0 ? 0 : own / all, others.size());
    }

    private static boolean takes(WorkClass workClass, @Nullable InstanceOutlook instance) {
        return instance != null
                && instance.unavailableUntil() == null
                && !(workClass == WorkClass.FIRST_BOOT && instance.isFull());
    }

    /** How many known devices of the instance wait for a slot, in whatever queue. */
    public long knownDevicesWaiting(DpsInstance instance) {
        return queues.ofOwner(instance.id().tenant()).entrySet().stream()
                .filter(entry -> entry.getKey().isOfKnownDevicesAt(instance.id()))
                .mapToLong(entry -> entry.getValue().value().waiting())
                .sum();
    }
}
