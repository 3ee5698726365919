package dev.berth.app;

import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.StoredCollections;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import dev.berth.store.embedded.StoreOpenException;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Opens the store that the operator chose; what does not fit ends the start and names the setting. */
final class Stores {
    private Stores() {}

    static DocumentStore open(BerthConfig.Store config, StoreListener listener) {
        try {
            var store = EmbeddedStore.open(config.directory(), EmbeddedStoreOptions.defaults(), listener);
            store.declare(StoredCollections.ALL.toArray(Collection[]::new));
            return store;
        } catch (StoreOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }
}
