package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group joins an instance and a proven anchor of its own tenant. */
record EnrollmentGroupRules(Catalogs catalogs) implements Rules<EnrollmentGroup> {
    @Override
    public TenantId tenant(EnrollmentGroup value) {
        return value.tenant();
    }

    @Override
    public String name(EnrollmentGroup value) {
        return value.name();
    }

    @Override
    public Optional<Change<EnrollmentGroup>> beforeWrite(EnrollmentGroup value, @Nullable EnrollmentGroup previous) {
        if (catalogs.tenants().find(value.tenant(), value.tenant().value()).isEmpty()) {
            return Optional.of(new Change.Missing<>("there is no tenant " + value.tenant()));
        }
        var violations = new ArrayList<Violation>();
        if (catalogs.dpsInstances().find(value.tenant(), value.dpsInstance()).isEmpty()) {
            violations.add(new Violation("/dpsInstance", "must be the name of a DPS instance of the tenant"));
        }
        var anchor = catalogs.trustAnchors().find(value.tenant(), value.trustAnchor());
        if (anchor.isEmpty()) {
            violations.add(new Violation("/trustAnchor", "must be the name of a trust anchor of the tenant"));
        }
        if (!violations.isEmpty()) {
            return Optional.of(new Change.Invalid<>(violations));
        }
        return anchor.filter(found -> !found.value().proven())
                .map(found -> new Change.Refused<>("the trust anchor is not verified yet"));
    }

    @Override
    public Optional<Change<EnrollmentGroup>> beforeDelete(EnrollmentGroup value) {
        return Optional.empty();
    }
}
