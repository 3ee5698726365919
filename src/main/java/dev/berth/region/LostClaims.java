package dev.berth.region;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import java.util.List;

/** What is on record of disputes between regions; may throw {@link dev.berth.inventory.RepositoryUnavailableException}. */
@FunctionalInterface
public interface LostClaims {
    LostClaims NONE = (_, _) -> List.of();

    /** The claims of a device that do not hold, as far as this region has heard, at most {@link RegionClaims#PER_DEVICE_MAX}. */
    List<LostClaim> of(TenantId origin, RegistrationId registrationId);
}
