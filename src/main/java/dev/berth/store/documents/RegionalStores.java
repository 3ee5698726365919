package dev.berth.store.documents;

import dev.berth.region.RegionId;
import dev.berth.store.DocumentStore;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The stores of the regions that this replica has a way to: what is written to one is written in that region, and nowhere else until it is
 * merged. A store that takes writes wherever it likes is no region's but the replica's own.
 */
public record RegionalStores(Map<RegionId, DocumentStore> byRegion) {
    public RegionalStores {
        byRegion = Map.copyOf(byRegion);
    }

    public Set<RegionId> regions() {
        return byRegion.keySet();
    }

    public DocumentStore of(RegionId region) {
        return Objects.requireNonNull(byRegion.get(region), "there is no way to that region");
    }
}
