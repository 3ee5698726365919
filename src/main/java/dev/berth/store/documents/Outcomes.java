package dev.berth.store.documents;

import dev.berth.inventory.Catalog;
import dev.berth.store.WriteResult;

/** The ends of a store's writes in the inventory's words. */
final class Outcomes {
    private Outcomes() {}

    static Catalog.Outcome of(WriteResult result) {
        return switch (result) {
            case WriteResult.Written(var version) -> new Catalog.Outcome.Written(version);
            case WriteResult.Conflict() -> new Catalog.Outcome.Conflict();
        };
    }
}
