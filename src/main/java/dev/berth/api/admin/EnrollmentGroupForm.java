package dev.berth.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.EnrollmentGroup;

/** An enrollment group in JSON. */
final class EnrollmentGroupForm implements Form<EnrollmentGroup> {
    @Override
    public EnrollmentGroup read(TenantId tenant, String name, ObjectNode json) {
        return new EnrollmentGroup(
                tenant,
                name,
                json.path("dpsInstance").asText(),
                json.path("trustAnchor").asText(),
                json.path("enabled").asBoolean(true));
    }

    @Override
    public ObjectNode write(EnrollmentGroup group) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tenant", group.tenant().value())
                .put("name", group.name())
                .put("dpsInstance", group.dpsInstance())
                .put("trustAnchor", group.trustAnchor())
                .put("enabled", group.enabled());
    }
}
