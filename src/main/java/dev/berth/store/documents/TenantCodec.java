package dev.berth.store.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.Tenant;

/** Tenants as JSON. */
final class TenantCodec implements ResourceCodec<Tenant> {
    @Override
    public String kind() {
        return "tenant";
    }

    @Override
    public TenantId tenant(Tenant value) {
        return value.id();
    }

    @Override
    public String name(Tenant value) {
        return value.id().value();
    }

    @Override
    public void write(Tenant value, ObjectNode into) {
        into.put("displayName", value.displayName()).put("geography", value.geography());
    }

    @Override
    public Tenant read(TenantId tenant, String name, Json from) {
        return new Tenant(tenant, from.text("displayName"), from.textOrNull("geography"));
    }
}
