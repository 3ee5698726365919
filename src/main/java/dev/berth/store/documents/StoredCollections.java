package dev.berth.store.documents;

import dev.berth.store.Collection;
import java.util.List;

/** All collections there are: what a start declares, and what moves when Berth moves house. */
public final class StoredCollections {
    public static final List<Collection> ALL = List.of(
            InventoryDocuments.COLLECTION,
            DeviceDocuments.DEVICES,
            LedgerDocuments.LEDGERS,
            QueueDocuments.QUEUES,
            SyncRunDocuments.JOBS,
            RegionClaimDocuments.CLAIMS);

    private StoredCollections() {}
}
