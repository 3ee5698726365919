package dev.berth.scheduling;

import dev.berth.inventory.Versioned;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Queues in a map. */
final class InMemoryQueues implements Queues {
    private final Map<QueueKey, Versioned<QueueState>> states = new HashMap<>();
    int writes;

    @Override
    public synchronized Optional<Versioned<QueueState>> find(QueueKey queue) {
        return Optional.ofNullable(states.get(queue));
    }

    @Override
    public synchronized Optional<String> swap(QueueKey queue, @Nullable String expectedVersion, QueueState state) {
        @Nullable Versioned<QueueState> current = states.get(queue);
        @Nullable String version = current == null ? null : current.version();
        if (version == null ? expectedVersion != null : !version.equals(expectedVersion)) {
            return Optional.empty();
        }
        String next = Integer.toString(++writes);
        states.put(queue, new Versioned<>(state, next));
        return Optional.of(next);
    }
}
