package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.StoreListener.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Documents in a map, for unit tests. Passes the contract; a hook makes chosen operations fail. */
public final class InMemoryDocumentStore implements DocumentStore {
    private static final Comparator<String> UTF_8_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
    private static final Comparator<Key> KEY_ORDER = Comparator.comparing(
                    (Key key) -> key.collection().name())
            .thenComparing(Key::partition, UTF_8_ORDER)
            .thenComparing(Key::id, UTF_8_ORDER);

    /**
     * Called around every operation; what it throws, the caller gets. Thrown before: nothing happened. Thrown after a write: it
     * happened, and the answer is lost.
     */
    @FunctionalInterface
    public interface Hook {
        /** {@code key} is null for scans. */
        void at(Operation operation, Collection collection, @Nullable Key key);
    }

    private record Stored(byte[] body, String version, Map<String, String> indexed) {}

    private final TreeMap<Key, Stored> documents = new TreeMap<>(KEY_ORDER);
    private volatile Hook before = (operation, collection, key) -> {};
    private volatile Hook after = (operation, collection, key) -> {};
    private long writes;
    private boolean closed;

    public void before(Hook hook) {
        before = hook;
    }

    public void after(Hook hook) {
        after = hook;
    }

    /** How many writes succeeded so far. */
    public synchronized long writes() {
        return writes;
    }

    @Override
    public Optional<Document> find(Key key) {
        before.at(Operation.FIND, key.collection(), key);
        synchronized (this) {
            requireOpen();
            return Optional.ofNullable(documents.get(key)).map(stored -> document(key, stored));
        }
    }

    @Override
    public WriteResult insert(Key key, byte[] body) {
        return write(Operation.INSERT, key, body, Objects::isNull);
    }

    @Override
    public WriteResult replace(Key key, byte[] body, String expectedVersion) {
        return write(Operation.REPLACE, key, body, hasVersion(expectedVersion));
    }

    @Override
    public WriteResult delete(Key key, String expectedVersion) {
        return write(Operation.DELETE, key, null, hasVersion(expectedVersion));
    }

    @Override
    public List<WriteResult> insertAll(Collection collection, List<NewDocument> newDocuments) {
        return newDocuments.stream()
                .map(document -> write(
                        Operation.INSERT_ALL,
                        new Key(collection, document.partition(), document.id()),
                        document.body(),
                        Objects::isNull))
                .toList();
    }

    @Override
    public Page scan(Collection collection, String partition, PageRequest page) {
        before.at(Operation.SCAN_PARTITION, collection, null);
        var list = "p\0" + collection.name() + "\0" + Key.requirePart(partition);
        return page(collection, list, page, entry -> entry.getKey().partition().equals(partition));
    }

    @Override
    public Page scan(Collection collection, String field, String value, PageRequest page) {
        before.at(Operation.SCAN_INDEX, collection, null);
        collection.requireIndexed(field);
        var list = "i\0" + collection.name() + "\0" + field + "\0" + IndexedValues.requireValue(value);
        return page(
                collection,
                list,
                page,
                entry -> value.equals(entry.getValue().indexed().get(field)));
    }

    @Override
    public Page scan(Collection collection, PageRequest page) {
        before.at(Operation.SCAN_COLLECTION, collection, null);
        return page(collection, "c\0" + collection.name(), page, entry -> true);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private WriteResult write(
            Operation operation, Key key, byte @Nullable [] body, Predicate<@Nullable Stored> condition) {
        before.at(operation, key.collection(), key);
        var result = writeNow(key, body, condition);
        after.at(operation, key.collection(), key);
        return result;
    }

    private synchronized WriteResult writeNow(Key key, byte @Nullable [] body, Predicate<@Nullable Stored> condition) {
        requireOpen();
        var indexed = body == null ? Map.<String, String>of() : IndexedValues.of(key.collection(), body);
        var stored = documents.get(key);
        if (!condition.test(stored)) {
            return new WriteResult.Conflict();
        }
        writes++;
        if (body == null) {
            documents.remove(key);
            return new WriteResult.Written(Objects.requireNonNull(stored).version());
        }
        var version = Long.toString(writes, Character.MAX_RADIX);
        documents.put(key, new Stored(body.clone(), version, indexed));
        return new WriteResult.Written(version);
    }

    private static Predicate<@Nullable Stored> hasVersion(String version) {
        return stored -> stored != null && stored.version().equals(version);
    }

    private synchronized Page page(
            Collection collection, String list, PageRequest page, Predicate<Map.Entry<Key, Stored>> matches) {
        requireOpen();
        var found = documents.entrySet().stream()
                .filter(entry -> entry.getKey().collection().name().equals(collection.name()))
                .filter(matches)
                .dropWhile(notAfter(list, page.cursor()))
                .limit(page.limit() + 1L)
                .map(entry -> document(entry.getKey(), entry.getValue()))
                .toList();
        if (found.size() <= page.limit()) {
            return new Page(found, null);
        }
        var shown = new ArrayList<>(found.subList(0, page.limit()));
        return new Page(shown, cursor(list, shown.getLast().key()));
    }

    private static String cursor(String list, Key last) {
        var text = list + "\1" + last.partition() + "\1" + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Predicate<Map.Entry<Key, Stored>> notAfter(String list, @Nullable String cursor) {
        if (cursor == null) {
            return entry -> false;
        }
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("\1", -1);
            if (parts.length != 3 || !parts[0].equals(list)) {
                throw new InvalidCursorException();
            }
            var last = new Key(Collection.of("any"), parts[1], parts[2]);
            return entry -> KEY_ORDER.compare(
                            new Key(
                                    last.collection(),
                                    entry.getKey().partition(),
                                    entry.getKey().id()),
                            last)
                    <= 0;
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException();
        }
    }

    private static Document document(Key key, Stored stored) {
        return new Document(key, stored.body().clone(), stored.version());
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreUnavailableException("the store is closed", false, java.time.Duration.ofSeconds(1), null);
        }
    }
}
