package dev.berth.store.documents;

import dev.berth.inventory.Catalog;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult;
import java.util.function.Supplier;

/** The store's faults and outcomes in the domain's words. */
final class StoreCalls {
    private StoreCalls() {}

    static <R> R answer(Supplier<R> call) {
        try {
            return call.get();
        } catch (StoreUnavailableException e) {
            throw new RepositoryUnavailableException(
                    "the store cannot serve now", e.outcomeUnknown(), e.retryAfter(), e);
        }
    }

    static Catalog.Outcome outcome(Supplier<WriteResult> write) {
        return switch (answer(write)) {
            case WriteResult.Written(var version) -> new Catalog.Outcome.Written(version);
            case WriteResult.Conflict() -> new Catalog.Outcome.Conflict();
        };
    }
}
