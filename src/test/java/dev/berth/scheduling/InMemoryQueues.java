package dev.berth.scheduling;

import dev.berth.identity.TenantId;
import dev.berth.inventory.Versioned;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Queues in a map. */
class InMemoryQueues implements Queues {
    private final Map<QueueKey, Versioned<QueueState>> states = new HashMap<>();
    int writes;

    @Override
    public synchronized Optional<Versioned<QueueState>> find(QueueKey queue) {
        return Optional.ofNullable(states.get(queue));
    }

    @Override
    public synchronized Map<QueueKey, Versioned<QueueState>> ofOwner(TenantId owner) {
        return states.entrySet().stream()
                .filter(entry -> entry.getKey().owner().equals(owner))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
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
