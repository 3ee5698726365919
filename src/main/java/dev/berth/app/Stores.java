package dev.berth.app;

import dev.berth.moving.ImportMark;
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
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The store that the settings name: for the service, and for the verbs that work on the store alone. */
public final class Stores {
    private Stores() {}

    /** The settings of the store alone: whoever only moves it has no certificates to name. */
    public static BerthConfig.Store settings(SmallRyeConfigBuilder sources) {
        return sources.withMapping(BerthConfig.Store.class, "berth.store")
                .build()
                .getConfigMapping(BerthConfig.Store.class, "berth.store");
    }

    /** For the service, which is not to be started on half of a store. */
    static DocumentStore toServeFrom(BerthConfig.Store settings, StoreListener listener) {
        try {
            return whole(open(settings, listener));
        } catch (StoreOpenException | CosmosOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    /** The clock that all who share the store can see. */
    static StoreTime time(DocumentStore store, InstantSource clock) {
        return store instanceof CosmosStore cosmos ? cosmos.time(LedgerDocuments.LEDGERS) : StoreTime.sameAs(clock);
    }

    /** One that exists, with everything in it known to this version. */
    public static OpenedStore toReadFrom(BerthConfig.Store settings) {
        return switch (settings.kind()) {
            case EMBEDDED -> toReadFrom(settings.directory());
            case COSMOS ->
                new OpenedStore(
                        cosmos(CosmosSettings.options(settings.cosmos()).existing(), StoreListener.NONE),
                        place(settings.cosmos()),
                        false);
        };
    }

    private static OpenedStore toReadFrom(Path at) {
        var directory = at.toAbsolutePath();
        if (!EmbeddedStore.isAt(directory)) {
            throw new ConfigurationException("berth.store.directory: there is no store in " + directory);
        }
        var store = EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), StoreListener.NONE);
        try {
            requireKnown(store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        return new OpenedStore(store, directory.toString(), true);
    }

    /** One that exists or is made. */
    public static OpenedStore toFill(BerthConfig.Store settings) {
        var store = open(settings, StoreListener.NONE);
        return switch (settings.kind()) {
            case EMBEDDED ->
                new OpenedStore(store, settings.directory().toAbsolutePath().toString(), true);
            case COSMOS -> new OpenedStore(store, place(settings.cosmos()), false);
        };
    }

    private static String place(BerthConfig.Cosmos account) {
        return account.endpoint().map(URI::toString).orElse("") + " " + account.database();
    }

    private static DocumentStore open(BerthConfig.Store settings, StoreListener listener) {
        return switch (settings.kind()) {
            case EMBEDDED -> embedded(settings.directory(), listener);
            case COSMOS -> cosmos(CosmosSettings.options(settings.cosmos()), listener);
        };
    }

    private static DocumentStore cosmos(CosmosStoreOptions options, StoreListener listener) {
        return CosmosStore.open(options, listener, new SecureRandom(), collections());
    }

    private static EmbeddedStore embedded(Path directory, StoreListener listener) {
        var store = EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), listener);
        store.declare(collections());
        return store;
    }

    private static Collection[] collections() {
        return StoredCollections.ALL.toArray(Collection[]::new);
    }

    private static DocumentStore whole(DocumentStore store) {
        var unfinished = ImportMark.unfinished(store);
        if (unfinished.isPresent()) {
            store.close();
            throw new ConfigurationException("berth.store: the import of export "
                    + unfinished.get().export() + ", begun at "
                    + unfinished.get().startedAt()
                    + ", is not finished. Run it again with the same file, or begin with an empty store.");
        }
        return store;
    }

    /** A newer Berth may have written more; what this one does not know it would leave behind without a word. */
    private static void requireKnown(EmbeddedStore store) {
        var unknown = new TreeSet<>(store.collections());
        unknown.removeAll(StoredCollections.ALL.stream().map(Collection::name).collect(Collectors.toSet()));
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(
                    "berth.store.directory: the store has collections that this version does not know: "
                            + String.join(", ", unknown) + ". Move it with the Berth that wrote them.");
        }
    }
}
