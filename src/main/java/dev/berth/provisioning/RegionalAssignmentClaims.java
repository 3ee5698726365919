package dev.berth.provisioning;

import dev.berth.region.RegionClaim;
import dev.berth.region.RegionClaims;
import dev.berth.region.Regions;
import java.time.InstantSource;

/** Claims for this region: what it tells a device then survives any merge with what another region wrote. */
public final class RegionalAssignmentClaims implements AssignmentClaims {
    private final RegionClaims claims;
    private final Regions regions;
    private final InstantSource clock;

    public RegionalAssignmentClaims(RegionClaims claims, Regions regions, InstantSource clock) {
        this.claims = claims;
        this.regions = regions;
        this.clock = clock;
    }

    @Override
    public Outcome claim(Device device, Assignment assignment) {
        RegionClaim made = claimOf(device, assignment);
        RegionClaim standing = claims.stand(made);
        return standing.equals(made) ? new Outcome.Stands() : new Outcome.Earlier(assignmentOf(standing));
    }

    private RegionClaim claimOf(Device device, Assignment assignment) {
        return new RegionClaim(
                new RegionClaim.Subject(device.origin(), device.registrationId(), assignment.generation()),
                regions.local(),
                regions.homes().homeOf(device.origin() + "/" + device.registrationId()),
                assignment.instance(),
                assignment.slot(),
                assignment.epoch(),
                clock.instant());
    }

    /** Why it was this instance, only who made the claim knew. */
    private static Assignment assignmentOf(RegionClaim claim) {
        return new Assignment(claim.instance(), claim.generation(), claim.slot(), claim.epoch(), null);
    }
}
