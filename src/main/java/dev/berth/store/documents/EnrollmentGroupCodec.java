package dev.berth.store.documents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.identity.TenantId;
import dev.berth.inventory.EnrollmentGroup;

/** Enrollment groups as JSON. */
final class EnrollmentGroupCodec implements Codec<EnrollmentGroup> {
    @Override
    public String kind() {
        return "enrollment-group";
    }

    @Override
    public TenantId tenant(EnrollmentGroup value) {
        return value.tenant();
    }

    @Override
    public String name(EnrollmentGroup value) {
        return value.name();
    }

    @Override
    public void write(EnrollmentGroup value, ObjectNode into) {
        into.put("dpsInstance", value.dpsInstance())
                .put("trustAnchor", value.trustAnchor())
                .put("enabled", value.enabled());
    }

    @Override
    public EnrollmentGroup read(TenantId tenant, String name, Json from) {
        return new EnrollmentGroup(
                tenant, name, from.text("dpsInstance"), from.text("trustAnchor"), from.flag("enabled"));
    }
}
