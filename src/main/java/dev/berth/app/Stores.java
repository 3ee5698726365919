package dev.berth.app;

import dev.berth.scheduling.StoreTime;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosOpenException;
import dev.berth.store.cosmos.CosmosRegions;
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
import java.util.TreeSet;

/** Opens the store that the operator chose; what does not fit ends the start and names the setting. */
final class Stores {
    private Stores() {}

    /** One that exists or is made. Of an account of several regions it is one of them, for verbs that run while no replica does. */
    static DocumentStore open(BerthConfig.Store config, StoreListener listener) {
        return switch (config.kind()) {
            case EMBEDDED -> embedded(config.directory(), listener);
            case COSMOS -> cosmos(config.cosmos(), CosmosSettings.options(config.cosmos()), listener);
        };
    }

    /** That of a replica: of its own region, where the account takes writes in several. */
    static DocumentStore open(BerthConfig config, StoreListener listener) {
        return isOfRegions(config)
                ? openIn(config.region().orElseThrow(), config, listener)
                : open(config.store(), listener);
    }

    /** Whether each region that Berth runs in has a store that the others have a way to. */
    static boolean isOfRegions(BerthConfig config) {
        return config.store().kind() == BerthConfig.Store.Kind.COSMOS
                && CosmosSettings.regions(config).isPresent();
    }

    /** The store of one of these regions. */
    static DocumentStore openIn(String region, BerthConfig config, StoreListener listener) {
        var cosmos = config.store().cosmos();
        return cosmosIn(region, CosmosSettings.regions(config).orElseThrow(), CosmosSettings.options(cosmos), listener);
    }

    /** One that exists. */
    static DocumentStore openExisting(BerthConfig.Store config, StoreListener listener) {
        return switch (config.kind()) {
            case EMBEDDED -> embedded(requireStoreAt(config.directory().toAbsolutePath()), listener);
            case COSMOS ->
                cosmos(config.cosmos(), CosmosSettings.options(config.cosmos()).existing(), listener);
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

    private static DocumentStore cosmos(BerthConfig.Cosmos config, CosmosStoreOptions options, StoreListener listener) {
        var regions = CosmosSettings.regions(config);
        if (regions.isPresent()) {
            var first = new TreeSet<>(config.azureRegions().keySet()).first();
            return cosmosIn(first, regions.get(), options, listener);
        }
        try {
            return CosmosStore.open(options, listener, new SecureRandom(), collections());
        } catch (CosmosOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static DocumentStore cosmosIn(
            String region, CosmosRegions regions, CosmosStoreOptions options, StoreListener listener) {
        try {
            return CosmosStore.openIn(region, regions, options, listener, new SecureRandom(), collections());
        } catch (CosmosOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static Collection[] collections() {
        return StoredCollections.ALL.toArray(Collection[]::new);
    }
}
