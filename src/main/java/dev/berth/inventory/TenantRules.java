package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tenant goes last: not while anything is its own. */
record TenantRules(Catalogs catalogs) implements Rules<Tenant> {
    @Override
    public TenantId tenant(Tenant value) {
        return value.id();
    }

    @Override
    public String name(Tenant value) {
        return value.id().value();
    }

    @Override
    public Optional<Change<Tenant>> beforeWrite(Tenant value, @Nullable Tenant previous) {
        return Optional.empty();
    }

    @Override
    public Optional<Change<Tenant>> beforeDelete(Tenant value) {
        boolean empty = isEmpty(catalogs.dpsInstances(), value)
                && isEmpty(catalogs.trustAnchors(), value)
                && isEmpty(catalogs.enrollmentGroups(), value);
        return empty
                ? Optional.empty()
                : Optional.of(
                        new Change.Refused<>("the tenant still has DPS instances, trust anchors or enrollment groups"));
    }

    private static boolean isEmpty(Catalog<?> catalog, Tenant tenant) {
        return catalog.list(tenant.id(), 1, null).values().isEmpty();
    }
}
