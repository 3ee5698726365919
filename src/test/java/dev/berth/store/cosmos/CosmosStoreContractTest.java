package dev.berth.store.cosmos;

import dev.berth.store.DocumentStore;
import dev.berth.store.DocumentStoreContract;

@NeedsLocalCosmos
class CosmosStoreContractTest extends DocumentStoreContract {
    @Override
    protected DocumentStore open() {
        return LocalAccount.open();
    }
}
