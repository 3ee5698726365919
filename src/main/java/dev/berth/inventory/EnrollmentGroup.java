package dev.berth.inventory;

import dev.berth.identity.Name;
import dev.berth.identity.TenantId;

/**
 * The entry at a DPS instance that makes it accept the devices of a trust anchor.
 *
 * @param dpsInstance name of the tenant's instance that holds the entry
 * @param trustAnchor name of the tenant's anchor whose devices it covers
 */
public record EnrollmentGroup(TenantId tenant, String name, String dpsInstance, String trustAnchor, boolean enabled) {
    public EnrollmentGroup {
        Name.require(name);
        new InvalidValueException.Check()
                .that(Name.is(dpsInstance), "/dpsInstance", "must be the name of a DPS instance")
                .that(Name.is(trustAnchor), "/trustAnchor", "must be the name of a trust anchor")
                .orThrow();
    }
}
