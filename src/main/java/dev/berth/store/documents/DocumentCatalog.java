package dev.berth.store.documents;

import static dev.berth.store.documents.InventoryDocuments.COLLECTION;
import static dev.berth.store.documents.InventoryDocuments.KIND;
import static dev.berth.store.documents.InventoryDocuments.TENANT_KIND;

import dev.berth.identity.TenantId;
import dev.berth.inventory.Catalog;
import dev.berth.inventory.Versioned;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A catalog over documents: {@code kind/name} in the partition of the tenant. */
final class DocumentCatalog<T> implements Catalog<T> {
    private static final System.Logger LOG = System.getLogger(DocumentCatalog.class.getName());
    private static final int FORMAT = 1;
    private static final int TOLD_MAX = 1_000;

    private final DocumentStore store;
    private final ResourceCodec<T> codec;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    DocumentCatalog(DocumentStore store, ResourceCodec<T> codec) {
        this.store = store;
        this.codec = codec;
    }

    @Override
    public Optional<Versioned<T>> find(TenantId tenant, String name) {
        return store.find(key(tenant, name)).map(this::read);
    }

    @Override
    public Outcome insert(T value) {
        return Outcomes.of(store.insert(key(value), bytes(value)));
    }

    @Override
    public Outcome replace(T value, String expectedVersion) {
        return Outcomes.of(store.replace(key(value), bytes(value), expectedVersion));
    }

    @Override
    public Outcome delete(TenantId tenant, String name, String expectedVersion) {
        return Outcomes.of(store.delete(key(tenant, name), expectedVersion));
    }

    @Override
    public Listing<T> list(TenantId tenant, int limit, @Nullable String cursor) {
        return listing(TENANT_KIND, tenantKind(tenant), new PageRequest(limit, cursor));
    }

    @Override
    public Listing<T> listAll(int limit, @Nullable String cursor) {
        return listing(KIND, codec.kind(), new PageRequest(limit, cursor));
    }

    private Listing<T> listing(String field, String value, PageRequest request) {
        Page page = store.scan(COLLECTION, field, value, request);
        var values = page.documents().stream().flatMap(this::readable).toList();
        return new Listing<>(values, page.cursor());
    }

    /** One broken document must not hide all others. */
    private Stream<Versioned<T>> readable(Document document) {
        try {
            return Stream.of(read(document));
        } catch (IllegalStateException e) {
            tell(document, e);
            return Stream.of();
        }
    }

    /** Once for each version, since the inventory is read every few seconds. */
    private void tell(Document document, IllegalStateException e) {
        if (told.size() < TOLD_MAX && told.add(place(document) + "@" + document.version())) {
            LOG.log(System.Logger.Level.ERROR, "left out of the inventory: " + e.getMessage());
        }
    }

    private Versioned<T> read(Document document) {
        try {
            var json = Json.parse(document.body(), FORMAT);
            var tenant = new TenantId(document.key().partition());
            T value = codec.read(
                    tenant, document.key().id().substring(codec.kind().length() + 1), json);
            return new Versioned<>(value, document.version());
        } catch (RuntimeException e) {
            throw new IllegalStateException("unreadable document " + place(document) + ": " + e.getMessage(), e);
        }
    }

    private byte[] bytes(T value) {
        var object = Json.object(FORMAT).put(KIND, codec.kind()).put(TENANT_KIND, tenantKind(codec.tenant(value)));
        codec.write(value, object);
        return Json.bytes(object);
    }

    private String tenantKind(TenantId tenant) {
        return tenant + "/" + codec.kind();
    }

    private Key key(T value) {
        return key(codec.tenant(value), codec.name(value));
    }

    private Key key(TenantId tenant, String name) {
        return new Key(COLLECTION, tenant.value(), codec.kind() + "/" + name);
    }

    private static String place(Document document) {
        return document.key().partition() + "/" + document.key().id();
    }
}
