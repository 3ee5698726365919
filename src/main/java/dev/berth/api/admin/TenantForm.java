package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.Tenant;

/** A tenant in JSON. */
final class TenantForm implements Form<Tenant> {
    @Override
    public Tenant read(TenantId tenant, String name, ObjectNode json) {
        return new Tenant(tenant, json.path("displayName").asText(), Form.text(json, "geography"));
    }

    @Override
    public ObjectNode write(Tenant tenant) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("tenant", tenant.id().value());
        json.put("displayName", tenant.displayName());
        Form.put(json, "geography", tenant.geography());
        return json;
    }
}
