package dev.berth.store.cosmos;

import dev.berth.scheduling.StoreTime;
import dev.berth.store.Collection;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.IndexedValues;
import dev.berth.store.Key;
import dev.berth.store.NewDocument;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreListener;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.TimedCalls;
import dev.berth.store.WriteResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Documents in a database of an Azure Cosmos DB account, shared by all replicas: one item each, found by its partition, written under a condition.
 * What the account promises, and has to promise, is in docs/adr/0006.
 */
public final class CosmosStore implements DocumentStore {
    private static final Duration NEVER = Duration.ofSeconds(30);

    private final Account account;
    private final CosmosLimits limits;
    private final TimedCalls calls;
    private final Marks marks;
    private final StoreFence fence;
    private final Containers containers;
    private final Requests requests;
    private final PageReader pages;
    private final CollectionReader collections;
    private volatile boolean closed;

    private CosmosStore(Account account, CosmosStoreOptions options, StoreListener listener, RandomGenerator random) {
        this.account = account;
        this.limits = options.limits();
        calls = new TimedCalls(listener);
        marks = new Marks(random);
        fence = new StoreFence(limits, listener, account::renewKey);
        containers = new Containers(
                account.client().getDatabase(options.database()),
                fence,
                options.create(),
                account.facts().writesInSeveralRegions());
        requests = new Requests(containers, fence, listener);
        pages = new PageReader(containers, fence, listener);
        collections = new CollectionReader(containers, fence, listener);
    }

    /**
     * Opens the account's database and these collections; others are opened when they are used first.
     *
     * @param random names this process in what it writes
     * @throws CosmosOpenException if the account cannot be used
     */
    public static CosmosStore open(
            CosmosStoreOptions options, StoreListener listener, RandomGenerator random, Collection... collections) {
        return over(Account.open(options), options, listener, random, collections);
    }

    /**
     * Opens one region of an account that takes writes in several: all requests go to that region, and while it is away, to none. What is
     * missing is made beforehand, where the account makes it.
     *
     * @param region one of {@code regions}
     * @throws CosmosOpenException if the account cannot be used, or that region of it is away
     */
    public static CosmosStore openIn(
            String region,
            CosmosRegions regions,
            CosmosStoreOptions options,
            StoreListener listener,
            RandomGenerator random,
            Collection... collections) {
        var endpoint = endpoint(region, regions, options, random, collections);
        var there = options.at(endpoint);
        return over(Account.openRegion(there), there, listener, random, collections);
    }

    private static URI endpoint(
            String region,
            CosmosRegions regions,
            CosmosStoreOptions options,
            RandomGenerator random,
            Collection... collections) {
        var whole = options.nearest(regions.nearest(region));
        var account = Account.openWhole(whole, regions, region);
        try (var store = over(account, whole, StoreListener.NONE, random, collections)) {
            return store.account
                    .facts()
                    .endpoint(regions.azureName(region))
                    .orElseThrow(() -> new CosmosOpenException(CosmosRegions.setting(region), "is out of service"));
        }
    }

    private static CosmosStore over(
            Account account,
            CosmosStoreOptions options,
            StoreListener listener,
            RandomGenerator random,
            Collection... collections) {
        try {
            var store = new CosmosStore(account, options, listener, random);
            store.declare(collections);
            return store;
        } catch (RuntimeException e) {
            account.close();
            throw e;
        }
    }

    private void declare(Collection... collections) {
        for (var collection : collections) {
            try {
                containers.of(collection);
            } catch (Fault fault) {
                throw new CosmosOpenException("database", String.valueOf(fault.getMessage()));
            }
        }
    }

    /** The clock that all replicas share: that of the server that keeps one partition of {@code collection}. */
    public StoreTime time(Collection collection) {
        return new CosmosTime(containers, fence, collection);
    }

    @Override
    public Optional<Document> find(Key key) {
        return call(
                Operation.FIND,
                () -> fence.repeating(() -> requests.find(Operation.FIND, key))
                        .map(item -> item.document(key.collection())));
    }

    @Override
    public WriteResult insert(Key key, byte[] body) {
        var change = new Change.Insert(key, Item.of(key, body, marks.next()));
        return write(Operation.INSERT, change);
    }

    @Override
    public WriteResult replace(Key key, byte[] body, String expectedVersion) {
        var change = new Change.Replace(key, Item.of(key, body, marks.next()), expectedVersion);
        return write(Operation.REPLACE, change);
    }

    @Override
    public WriteResult delete(Key key, String expectedVersion) {
        var change = new Change.Delete(key, expectedVersion);
        return write(Operation.DELETE, change);
    }

    @Override
    public List<WriteResult> insertAll(Collection collection, List<NewDocument> documents) {
        return call(
                Operation.INSERT_ALL,
                () -> new BulkInsert(limits.bulkInFlightMax(), change -> sent(Operation.INSERT_ALL, change))
                        .run(collection, documents, marks));
    }

    @Override
    public Page scan(Collection collection, String partition, PageRequest page) {
        return scan(Operation.SCAN_PARTITION, new ItemList.OfPartition(collection, Key.requirePart(partition)), page);
    }

    @Override
    public Page scan(Collection collection, String field, String value, PageRequest page) {
        var list =
                new ItemList.OfField(collection, collection.requireIndexed(field), IndexedValues.requireValue(value));
        return scan(Operation.SCAN_INDEX, list, page);
    }

    @Override
    public Page scan(Collection collection, PageRequest page) {
        return call(
                Operation.SCAN_COLLECTION,
                () -> fence.repeating(() -> collections.read(Operation.SCAN_COLLECTION, collection, page)));
    }

    @Override
    public void close() {
        closed = true;
        account.close();
    }

    private Page scan(Operation operation, ItemList list, PageRequest page) {
        return call(operation, () -> fence.repeating(() -> pages.read(operation, list, page)));
    }

    private WriteResult write(Operation operation, Change change) {
        return calls.write(operation, () -> open(() -> sent(operation, change)));
    }

    private WriteResult sent(Operation operation, Change change) {
        return new ConditionalWrite(requests, fence, operation, change).run();
    }

    private <T> T call(Operation operation, Supplier<T> work) {
        return calls.call(operation, () -> open(work));
    }

    private <T> T open(Supplier<T> work) {
        if (closed) {
            throw new StoreUnavailableException("the store is closed", false, NEVER, null);
        }
        try {
            return work.get();
        } catch (Fault fault) {
            throw fault.unavailable(false); // of a read: writes tell by themselves what is in doubt
        }
    }
}
