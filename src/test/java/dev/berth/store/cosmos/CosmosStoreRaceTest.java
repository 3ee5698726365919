package dev.berth.store.cosmos;

import dev.berth.store.DocumentStore;
import dev.berth.store.DocumentStoreRaceContract;

@NeedsLocalCosmos
class CosmosStoreRaceTest extends DocumentStoreRaceContract {
    @Override
    protected DocumentStore open() {
        return LocalAccount.open();
    }
}
