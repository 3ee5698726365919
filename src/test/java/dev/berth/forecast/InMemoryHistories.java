package dev.berth.forecast;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Histories in a map, which can be away, lose the next answers, or let another replica come first. */
final class InMemoryHistories implements RegistrationHistories {
    private final Map<DpsInstanceId, Versioned<RegistrationHistory>> histories = new HashMap<>();
    boolean away;
    int answersToLose;
    int swapsToLose;
    int writes;

    @Override
    public synchronized Optional<Versioned<RegistrationHistory>> find(DpsInstanceId instance) {
        if (away) {
            throw new RepositoryUnavailableException("the store is away", false, Duration.ofSeconds(3), null);
        }
        return Optional.ofNullable(histories.get(instance));
    }

    @Override
    public synchronized Optional<String> swap(
            DpsInstanceId instance, @Nullable String expectedVersion, RegistrationHistory history) {
        @Nullable String version = find(instance).map(Versioned::version).orElse(null);
        if (swapsToLose-- > 0 || (version == null ? expectedVersion != null : !version.equals(expectedVersion))) {
            return Optional.empty();
        }
        String next = Integer.toString(++writes);
        histories.put(instance, new Versioned<>(history, next));
        if (answersToLose-- > 0) {
            throw new RepositoryUnavailableException("the answer is lost", true, Duration.ofSeconds(1), null);
        }
        return Optional.of(next);
    }

    RegistrationHistory of(DpsInstanceId instance) {
        return find(instance).orElseThrow().value();
    }
}
