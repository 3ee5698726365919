package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ledgers in a map, which can be away, lose the next answers, or let another replica come first. */
final class InMemoryLedgers implements Ledgers {
    private final Map<DpsInstanceId, Versioned<Ledger>> ledgers = new HashMap<>();
    boolean away;
    int answersToLose;
    int swapsToLose;
    int calls;
    int writes;

    @Override
    public synchronized Optional<Versioned<Ledger>> find(DpsInstanceId instance) {
        call();
        return Optional.ofNullable(ledgers.get(instance));
    }

    @Override
    public synchronized Optional<String> swap(DpsInstanceId instance, @Nullable String expectedVersion, Ledger ledger) {
        call();
        @Nullable Versioned<Ledger> current = ledgers.get(instance);
        @Nullable String version = current == null ? null : current.version();
        if (swapsToLose-- > 0 || (version == null ? expectedVersion != null : !version.equals(expectedVersion))) {
            return Optional.empty();
        }
        String next = Integer.toString(++writes);
        ledgers.put(instance, new Versioned<>(ledger, next));
        if (answersToLose-- > 0) {
            throw new RepositoryUnavailableException("the answer is lost", true, Duration.ofSeconds(1), null);
        }
        return Optional.of(next);
    }

    synchronized Ledger of(DpsInstanceId instance) {
        @Nullable Versioned<Ledger> current = ledgers.get(instance);
        return current == null ? Ledger.UNUSED : current.value();
    }

    private void call() {
        calls++;
        if (away) {
            throw new RepositoryUnavailableException("the store is away", false, Duration.ofSeconds(3), null);
        }
    }
}
