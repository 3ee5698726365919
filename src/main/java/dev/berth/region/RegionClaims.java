package dev.berth.region;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import java.util.List;

/**
 * The claims of all devices. Both methods may throw {@link dev.berth.inventory.RepositoryUnavailableException}; a claim whose outcome is
 * unknown may stand, and what it promises must not be given to anybody else.
 */
public interface RegionClaims {
    /** A device has as many regions, and a generation for each time that it moved; what is beyond is not looked at. */
    int PER_DEVICE_MAX = 1_000;

    /** Makes {@code claim} stand, unless its region made another one of the same assignment before; the one that stands, which is durable. */
    RegionClaim stand(RegionClaim claim);

    /** What this region has heard of a device's claims, of whatever generation and region, at most {@link #PER_DEVICE_MAX}. */
    List<RegionClaim> of(TenantId origin, RegistrationId registrationId);
}
