package dev.berth.scheduling;

import dev.berth.inventory.Versioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queues of all pools; the same contract as {@link Ledgers}. */
public interface Queues {

    /** The newest state; empty if nobody ever waited here. */
    Optional<Versioned<QueueState>> find(QueueKey queue);

    /** Compare-and-swap, as {@link Ledgers#swap}. */
    Optional<String> swap(QueueKey queue, @Nullable String expectedVersion, QueueState state);
}
