package dev.berth.store.documents;

import dev.berth.region.RegionId;
import dev.berth.store.DocumentStore;
import java.util.function.Function;

/**
 * The store of each region, as this one reaches it: what is written there is merged with what others write, and what this region writes is
 * merged there. Where one store serves them all, it is the same for each.
 */
public record RegionalStores(Function<RegionId, DocumentStore> of) {
    public DocumentStore of(RegionId region) {
        return of.apply(region);
    }
}
