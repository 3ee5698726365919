package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.ArrayList;
import java.util.List;
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
        catalogs.dpsInstances()
                .find(value.tenant(), value.dpsInstance())
                .ifPresentOrElse(
                        instance -> violations.addAll(violations(value, instance.value())),
                        () -> violations.add(
                                new Violation("/dpsInstance", "must be the name of a DPS instance of the tenant")));
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

    /** What Berth is to make or to look at needs credentials, a place, and no other that is the same. */
    private List<Violation> violations(EnrollmentGroup value, DpsInstance instance) {
        if (value.policy() == EnrollmentPolicy.EXTERNAL) {
            return List.of();
        }
        if (instance.serviceCredentials() == null) {
            return List.of(
                    new Violation("/policy", "must be external, because the instance has no serviceCredentials"));
        }
        return value.policy() == EnrollmentPolicy.MANAGED ? placeViolations(value, instance) : List.of();
    }

    private List<Violation> placeViolations(EnrollmentGroup value, DpsInstance instance) {
        var others = Pages.all(catalogs.enrollmentGroups(), value.tenant()).stream()
                .filter(other -> other.policy() == EnrollmentPolicy.MANAGED
                        && other.dpsInstance().equals(instance.id().name())
                        && !other.name().equals(value.name()))
                .toList();
        if (others.stream().anyMatch(value::joinsTheSameAs)) {
            return List.of(new Violation("/trustAnchor", "has another managed enrollment group at the instance"));
        }
        int max = instance.limits().enrollmentGroupsMax();
        return others.size() < max
                ? List.of()
                : List.of(new Violation("/dpsInstance", "takes at most " + max + " enrollment groups"));
    }

    @Override
    public Optional<Change<EnrollmentGroup>> beforeDelete(EnrollmentGroup value) {
        return Optional.empty();
    }

    @Override
    public void afterwards(EnrollmentGroup gone, @Nullable EnrollmentGroup left) {
        if (left == null) {
            Automatic.forget(catalogs, gone);
        }
    }
}
