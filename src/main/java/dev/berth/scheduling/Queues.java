package dev.berth.scheduling;

import dev.berth.identity.TenantId;
import dev.berth.inventory.Versioned;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queues of all pools; the same contract as {@link Ledgers}. */
public interface Queues {

    /** The newest state; empty if nobody ever waited here. */
    Optional<Versioned<QueueState>> find(QueueKey queue);

    /** The newest states of all queues at the instances of {@code owner}; few, one a pool and instance. */
    Map<QueueKey, Versioned<QueueState>> ofOwner(TenantId owner);

    /** Compare-and-swap, as {@link Ledgers#swap}. */
    Optional<String> swap(QueueKey queue, @Nullable String expectedVersion, QueueState state);
}
