package dev.berth.app;

import dev.berth.moving.ImportMark;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.StoredCollections;
import dev.berth.store.embedded.EmbeddedStore;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The store that the settings name, opened by a verb without the rest of the service.
 *
 * @param place where it is, as an operator calls it
 * @param isHeldAlone whether nobody else can write to it meanwhile
 */
public record OpenedStore(DocumentStore store, String place, boolean isHeldAlone) implements AutoCloseable {

    /** The settings of the store alone: whoever only moves it has no certificates to name. */
    public static BerthConfig.Store settings(SmallRyeConfigBuilder sources) {
        return sources.withMapping(BerthConfig.Store.class, "berth.store")
                .build()
                .getConfigMapping(BerthConfig.Store.class, "berth.store");
    }

    /** One that exists, with everything in it known to this version. */
    public static OpenedStore toRead(BerthConfig.Store settings) {
        var opened = new OpenedStore(Stores.openExisting(settings, StoreListener.NONE), settings);
        try {
            requireKnown(opened.store());
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** One that exists or is made. */
    public static OpenedStore toFill(BerthConfig.Store settings) {
        return new OpenedStore(Stores.open(settings, StoreListener.NONE), settings);
    }

    private OpenedStore(DocumentStore store, BerthConfig.Store settings) {
        this(store, Stores.place(settings), store instanceof EmbeddedStore);
    }

    /** The service does not start on half of a store: it would take devices that are still to come for new ones. */
    static DocumentStore requireWhole(DocumentStore store) {
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

    @Override
    public void close() {
        store.close();
    }

    /** A newer Berth may have written more; what this one does not know it would leave behind without a word. */
    private static void requireKnown(DocumentStore store) {
        if (store instanceof EmbeddedStore embedded) {
            var unknown = new TreeSet<>(embedded.collections());
            unknown.removeAll(
                    StoredCollections.ALL.stream().map(Collection::name).collect(Collectors.toSet()));
            if (!unknown.isEmpty()) {
                throw new ConfigurationException(
                        "berth.store.directory: the store has collections that this version does not know: "
                                + String.join(", ", unknown) + ". Move it with the Berth that wrote them.");
            }
        }
    }
}
