package dev.berth.region;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import java.util.List;

/**
 * The claims of all devices. Every method may throw {@link dev.berth.inventory.RepositoryUnavailableException}; a claim whose outcome is
 * unknown may stand, and what it promises must not be given to anybody else.
 */
public interface RegionClaims {
    /** A device has as many regions, and a generation for each time that it moved; what is beyond is not looked at. */
    int PER_DEVICE_MAX = 1_000;

    /** How many stand-ins one look at them gives. */
    int STAND_INS_MAX = 1_000;

    /** Where the claims of one device, and what lost, are told apart from all others. */
    record OfDevice(List<RegionClaim> claims, List<LostClaim> lost) {}

    /** That {@code region} claimed a generation of a device in the place of its home, and nobody has looked at it since. */
    record StandIn(TenantId origin, RegistrationId registrationId, RegionId region, long generation) {
        /** Whether that claim is this one. */
        public boolean isOf(RegionClaim claim) {
            return claim.region().equals(region) && claim.generation() == generation;
        }
    }

    /**
     * Makes {@code claim} stand in the store of its region, unless that made another one of the same assignment before; the one that stands,
     * which is durable. If it stands in for the home, that is noted first.
     */
    RegionClaim stand(RegionClaim claim);

    /** What this region has heard of a device's claims, of whatever generation and region, at most {@link #PER_DEVICE_MAX}. */
    OfDevice of(TenantId origin, RegistrationId registrationId);

    /** Puts a claim on record as lost; once for each. */
    void putOnRecord(LostClaim lost);

    /** At most {@link #STAND_INS_MAX} devices that are at home in {@code home}, and that another region claimed for. */
    List<StandIn> standIns(RegionId home);

    /** Somebody has looked, and nothing is left to be done. */
    void close(StandIn standIn);
}
