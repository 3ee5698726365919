package dev.berth.app;

import dev.berth.region.RegionId;
import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The store of another region, which may be away when this replica starts. It is opened beside those who call it, since that takes as long
 * as the network likes: until it is open they are told that it is unavailable, which is what makes a region away.
 */
final class RemoteStore implements DocumentStore {
    private static final Logger LOG = Logger.getLogger(RemoteStore.class);

    /** After this long what could not be opened is tried again, if somebody calls. */
    static final Duration OPEN_AGAIN = Duration.ofSeconds(10);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final RegionId region;
    private final Supplier<DocumentStore> opening;
    private final InstantSource clock;
    private final Executor executor;
    private final AtomicReference<Stage> stage = new AtomicReference<>(new Stage.Away(Instant.MIN));

    private sealed interface Stage {
        record Away(Instant tryAt) implements Stage {}

        record Opening() implements Stage {}

        record Open(DocumentStore store) implements Stage {}

        record Closed() implements Stage {}
    }

    /**
     * @param opening opens the store, or throws
     * @param executor runs that
     */
    RemoteStore(RegionId region, Supplier<DocumentStore> opening, InstantSource clock, Executor executor) {
        this.region = region;
        this.opening = opening;
        this.clock = clock;
        this.executor = executor;
    }

    /** Does not wait until it is. */
    void open() {
        var now = stage.get();
        if (now instanceof Stage.Away(Instant tryAt) && !clock.instant().isBefore(tryAt)) {
            var begun = new Stage.Opening();
            if (stage.compareAndSet(now, begun)) {
                executor.execute(() -> open(begun));
            }
        }
    }

    private void open(Stage begun) {
        try {
            var store = opening.get();
            if (stage.compareAndSet(begun, new Stage.Open(store))) {
                LOG.infof("the store of region %s is there", region);
            } else {
                store.close();
            }
        } catch (RuntimeException e) {
            LOG.warnf("the store of region %s cannot be opened: %s", region, e.getMessage());
            stage.compareAndSet(begun, new Stage.Away(clock.instant().plus(OPEN_AGAIN)));
        }
    }

    private DocumentStore there() {
        open();
        if (stage.get() instanceof Stage.Open(DocumentStore store)) {
            return store;
        }
        throw new StoreUnavailableException("the store of region " + region + " is not open", false, SOON, null);
    }

    @Override
    public Optional<Document> find(Key key) {
        return there().find(key);
    }

    @Override
    public WriteResult insert(Key key, byte[] body) {
        return there().insert(key, body);
    }

    @Override
    public WriteResult replace(Key key, byte[] body, String expectedVersion) {
        return there().replace(key, body, expectedVersion);
    }

    @Override
    public WriteResult delete(Key key, String expectedVersion) {
        return there().delete(key, expectedVersion);
    }

    @Override
    public List<WriteResult> insertAll(Collection collection, List<NewDocument> documents) {
        return there().insertAll(collection, documents);
    }

    @Override
    public Page scan(Collection collection, String partition, PageRequest page) {
        return there().scan(collection, partition, page);
    }

    @Override
    public Page scan(Collection collection, String field, String value, PageRequest page) {
        return there().scan(collection, field, value, page);
    }

    @Override
    public Page scan(Collection collection, PageRequest page) {
        return there().scan(collection, page);
    }

    @Override
    public void close() {
        if (stage.getAndSet(new Stage.Closed()) instanceof Stage.Open(DocumentStore store)) {
            store.close();
        }
    }
}
