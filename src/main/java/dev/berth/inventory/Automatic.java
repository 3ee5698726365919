package dev.berth.inventory;

import dev.berth.identity.TenantId;
import java.util.function.Predicate;

/** What Berth added by itself, and what it knows of groups that are gone; it goes without anybody having to ask. */
final class Automatic {
    private Automatic() {}

    /** Removes the automatic groups among those of the tenant that {@code doomed} tells. */
    static void remove(Catalogs catalogs, TenantId tenant, Predicate<EnrollmentGroup> doomed) {
        Pages.all(catalogs.enrollmentGroups(), tenant).stream()
                .filter(group -> group.automatic() && doomed.test(group))
                .forEach(group -> {
                    catalogs.enrollmentGroups()
                            .find(tenant, group.name())
                            .filter(found -> found.value().equals(group))
                            .ifPresent(
                                    found -> catalogs.enrollmentGroups().delete(tenant, group.name(), found.version()));
                    forget(catalogs, group);
                });
    }

    /** Removes what was seen of a group that is gone. */
    static void forget(Catalogs catalogs, EnrollmentGroup gone) {
        catalogs.enrollmentStandings()
                .find(gone.tenant(), gone.name())
                .ifPresent(found -> catalogs.enrollmentStandings().delete(gone.tenant(), gone.name(), found.version()));
    }
}
