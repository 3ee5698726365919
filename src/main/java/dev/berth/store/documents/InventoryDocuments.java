package dev.berth.store.documents;

import dev.berth.inventory.Catalogs;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;

/** The inventory in one collection: a partition for each tenant, and one for what only one of all tenants may have. */
public final class InventoryDocuments {
    static final String KIND = "kind";
    /** Tenant and kind together: what one page of a tenant's resources is found by. */
    static final String TENANT_KIND = "tenantKind";

    public static final Collection COLLECTION = Collection.of("inventory", KIND, TENANT_KIND);

    private InventoryDocuments() {}

    public static Catalogs over(DocumentStore store) {
        return new Catalogs(
                new DocumentCatalog<>(store, new TenantCodec()),
                new DocumentCatalog<>(store, new DpsInstanceCodec()),
                new DocumentCatalog<>(store, new TrustAnchorCodec()),
                new DocumentCatalog<>(store, new EnrollmentGroupCodec()),
                new DocumentCatalog<>(store, new EnrollmentStandingCodec()),
                new DocumentClaims(store));
    }
}
