package dev.berth.app;

import dev.berth.scheduling.StoreTime;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosCredential;
import dev.berth.store.cosmos.CosmosLimits;
import dev.berth.store.cosmos.CosmosOpenException;
import dev.berth.store.cosmos.CosmosStore;
import dev.berth.store.cosmos.CosmosStoreOptions;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import dev.berth.store.embedded.StoreOpenException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Opens the store that the operator chose; what does not fit ends the start and names the setting. */
final class Stores {
    private static final String COSMOS = "berth.store.cosmos";
    private static final Collection[] COLLECTIONS = {
        InventoryDocuments.COLLECTION,
        DeviceDocuments.DEVICES,
        LedgerDocuments.LEDGERS,
        QueueDocuments.QUEUES,
        SyncRunDocuments.JOBS
    };

    private Stores() {}

    static DocumentStore open(BerthConfig.Store config, StoreListener listener) {
        return switch (config.kind()) {
            case EMBEDDED -> embedded(config, listener);
            case COSMOS -> cosmos(config.cosmos(), listener);
        };
    }

    /** The clock that all who share the store can see. */
    static StoreTime time(DocumentStore store, InstantSource clock) {
        return store instanceof CosmosStore cosmos ? cosmos.time(LedgerDocuments.LEDGERS) : StoreTime.sameAs(clock);
    }

    private static DocumentStore embedded(BerthConfig.Store config, StoreListener listener) {
        try {
            var store = EmbeddedStore.open(config.directory(), EmbeddedStoreOptions.defaults(), listener);
            store.declare(COLLECTIONS);
            return store;
        } catch (StoreOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static DocumentStore cosmos(BerthConfig.Cosmos config, StoreListener listener) {
        try {
            return CosmosStore.open(options(config), listener, new SecureRandom(), COLLECTIONS);
        } catch (CosmosOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static CosmosStoreOptions options(BerthConfig.Cosmos config) {
        var endpoint = config.endpoint()
                .orElseThrow(
                        () -> new ConfigurationException(COSMOS + ".endpoint: is not set, and berth.store is cosmos"));
        try {
            return new CosmosStoreOptions(
                    requireWeb(endpoint),
                    credential(config),
                    config.database(),
                    mode(config.mode()),
                    config.preferredRegions().orElse(List.of()),
                    config.create(),
                    config.throughputMax(),
                    limits(config));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(COSMOS + "." + e.getMessage());
        }
    }

    private static URI requireWeb(URI endpoint) {
        if (endpoint.getHost() == null || !List.of("https", "http").contains(endpoint.getScheme())) {
            throw new IllegalArgumentException("endpoint: must be https://HOST:PORT/");
        }
        return endpoint;
    }

    private static CosmosCredential credential(BerthConfig.Cosmos config) {
        if (config.key().isPresent() && config.keyFile().isPresent()) {
            throw new IllegalArgumentException("key and " + COSMOS + ".key-file are both set");
        }
        return config.key()
                .<CosmosCredential>map(CosmosCredential.Key::new)
                .or(() -> config.keyFile().map(CosmosCredential.KeyFile::new))
                .orElseGet(CosmosCredential.Identity::new);
    }

    private static CosmosStoreOptions.Mode mode(BerthConfig.Cosmos.Mode mode) {
        return switch (mode) {
            case DIRECT -> CosmosStoreOptions.Mode.DIRECT;
            case GATEWAY -> CosmosStoreOptions.Mode.GATEWAY;
        };
    }

    private static CosmosLimits limits(BerthConfig.Cosmos config) {
        return new CosmosLimits(
                config.requestTimeMax(),
                config.throttleWaitMax(),
                config.answerWaitMax(),
                config.retriesMax(),
                config.retryDelay(),
                config.requestsInFlightMax(),
                config.requestsWaitingMax(),
                config.breakAfter(),
                config.breakFor(),
                config.bulkInFlightMax());
    }
}
