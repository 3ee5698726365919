package dev.berth.app;

import dev.berth.moving.ImportMark;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.StoredCollections;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import dev.berth.store.embedded.StoreOpenException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
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
        } catch (StoreOpenException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    /** One that exists, with everything in it known to this version. */
    public static OpenedStore toReadFrom(BerthConfig.Store settings) {
        var directory = settings.directory().toAbsolutePath();
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
        return new OpenedStore(
                open(settings, StoreListener.NONE),
                settings.directory().toAbsolutePath().toString(),
                true);
    }

    private static EmbeddedStore open(BerthConfig.Store settings, StoreListener listener) {
        var store = EmbeddedStore.open(settings.directory(), EmbeddedStoreOptions.defaults(), listener);
        store.declare(StoredCollections.ALL.toArray(Collection[]::new));
        return store;
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
