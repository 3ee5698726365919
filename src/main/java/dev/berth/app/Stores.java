package dev.berth.app;

import dev.berth.scheduling.StoreTime;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosOpenException;
import dev.berth.store.cosmos.CosmosStore;
import dev.berth.store.cosmos.CosmosStoreOptions;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.StoredCollections;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import dev.berth.store.embedded.StoreOpenException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Opens the store that the operator chose; what does not fit ends the start and names the setting. */
final class Stores {
    private Stores() {}

    /** One that exists or is made. */
    static DocumentStore open(BerthConfig.Store config, StoreListener listener) {
        return switch (config.kind()) {
            case EMBEDDED -> embedded(config.directory(), listener);
            case COSMOS -> cosmos(CosmosSettings.options(config.cosmos()), listener);
        };
    }

    /** One that exists. */
    static DocumentStore openExisting(BerthConfig.Store config, StoreListener listener) {
        return switch (config.kind()) {
            case EMBEDDED -> embedded(requireStoreAt(config.directory().toAbsolutePath()), listener);
            case COSMOS -> cosmos(CosmosSettings.options(config.cosmos()).existing(), listener);
        };
    }

    /** Where it is, as an operator calls it. */
    static String place(BerthConfig.Store config) {
        return switch (config.kind()) {
            case EMBEDDED -> config.directory().toAbsolutePath().toString();
            case COSMOS ->
                config.cosmos().database() + " of "
                        + config.cosmos().endpoint().map(URI::toString).orElse("nowhere");
        };
    }

    /** The clock that all who share the store can see. */
    static StoreTime time(DocumentStore store, InstantSource clock) {
        return store instanceof CosmosStore cosmos ? cosmos.time(LedgerDocuments.LEDGERS) : StoreTime.sameAs(clock);
    }

    private static Path requireStoreAt(Path directory) {
        if (!EmbeddedStore.isAt(directory)) {
            throw new ConfigurationException("berth.store.directory: there is no store in " + directory);
        }
        return directory;
    }

    private static DocumentStore embedded(Path directory, StoreListener listener) {
        try {
            var store = EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), listener);
            store.declare(collections());
            return store;
        } catch (StoreOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static DocumentStore cosmos(CosmosStoreOptions options, StoreListener listener) {
        try {
            return CosmosStore.open(options, listener, new SecureRandom(), collections());
        } catch (CosmosOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static Collection[] collections() {
        return StoredCollections.ALL.toArray(Collection[]::new);
    }
}
