package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An ID scope belongs to one instance of all tenants, for good: devices that were told it rely on it. The first tenant that names it has
 * it; that it really is that tenant's, only its service credentials could show.
 */
record DpsInstanceRules(Catalogs catalogs, ClaimDesk desk, InstancePolicy policy, Predicate<DpsInstanceId> hasDevices)
        implements Rules<DpsInstance> {
    @Override
    public TenantId tenant(DpsInstance value) {
        return value.id().tenant();
    }

    @Override
    public String name(DpsInstance value) {
        return value.id().name();
    }

    @Override
    public Optional<Change<DpsInstance>> beforeWrite(DpsInstance value, @Nullable DpsInstance previous) {
        if (catalogs.tenants().find(tenant(value), tenant(value).value()).isEmpty()) {
            return Optional.of(new Change.Missing<>("there is no tenant " + tenant(value)));
        }
        var violations = policy.violations(value);
        if (!violations.isEmpty()) {
            return Optional.of(new Change.Invalid<>(violations));
        }
        if (value.serviceCredentials() == null && isLookedAt(value)) {
            return refused("enrollment groups of the instance are managed or verified, which takes serviceCredentials");
        }
        if (previous != null && !previous.idScope().equals(value.idScope())) {
            return refused("the ID scope of an instance cannot change; create another instance");
        }
        if (previous != null && policy.moves(previous, value)) {
            return refused(
                    "another home region is given to an instance by moving it, which waits for the slots of the old one");
        }
        return desk.claim(scope(value), value.id().toString(), this::rests)
                ? Optional.empty()
                : refused("another DPS instance has this ID scope");
    }

    private boolean isLookedAt(DpsInstance value) {
        return Pages.any(
                catalogs.enrollmentGroups(),
                tenant(value),
                group -> group.policy() != EnrollmentPolicy.EXTERNAL
                        && group.dpsInstance().equals(name(value)));
    }

    @Override
    public Optional<Change<DpsInstance>> beforeDelete(DpsInstance value) {
        if (hasDevices.test(value.id())) {
            return refused("devices are assigned to the instance; drain it first");
        }
        boolean named = Pages.any(
                catalogs.enrollmentGroups(),
                tenant(value),
                group -> !group.automatic() && group.dpsInstance().equals(name(value)));
        return named ? refused("an enrollment group names the instance") : Optional.empty();
    }

    @Override
    public void afterwards(DpsInstance gone, @Nullable DpsInstance left) {
        if (left == null) {
            Automatic.remove(
                    catalogs, tenant(gone), group -> group.dpsInstance().equals(name(gone)));
            desk.release(scope(gone), gone.id().toString());
        }
    }

    /** ID scopes are compared without case, so that no two instances differ by it alone. */
    private static Claim.Subject scope(DpsInstance instance) {
        return new Claim.Subject(Claim.Kind.ID_SCOPE, instance.idScope().toLowerCase(Locale.ROOT));
    }

    private boolean rests(Claim claim) {
        var holder = DpsInstanceId.parse(claim.holder());
        return catalogs.dpsInstances()
                .find(holder.tenant(), holder.name())
                .filter(found -> scope(found.value()).equals(claim.subject()))
                .isPresent();
    }

    private static Optional<Change<DpsInstance>> refused(String detail) {
        return Optional.of(new Change.Refused<>(detail));
    }
}
