package dev.berth.scheduling;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Versioned;
import java.time.Instant;
import java.time.InstantSource;
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

    /** How many known devices of the instance wait for a slot, in whatever queue. */
    public long knownDevicesWaiting(DpsInstance instance) {
        return queues.ofOwner(instance.id().tenant()).entrySet().stream()
                .filter(entry -> entry.getKey().isOfKnownDevicesAt(instance.id()))
                .mapToLong(entry -> entry.getValue().value().waiting())
                .sum();
    }
}
