package dev.berth.provisioning;

import dev.berth.region.Homes;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionEvents;
import java.time.InstantSource;

/** Claims for the region that writes the device: what it is told then survives any merge with what another region wrote. */
public final class RegionalAssignmentClaims implements AssignmentClaims {
    private final RegionClaims claims;
    private final Homes homes;
    private final InstantSource clock;
    private final RegionEvents events;

    public RegionalAssignmentClaims(RegionClaims claims, Homes homes, InstantSource clock, RegionEvents events) {
        this.events = events;
        this.claims = claims;
        this.homes = homes;
        this.clock = clock;
    }

    @Override
    public Outcome claim(Device device, Assignment assignment) {
        RegionClaim made = claimOf(device, assignment);
        RegionClaim standing = claims.stand(made);
        if (made.standsIn()) {
            events.stoodIn(made.home());
        }
        return standing.equals(made) ? new Outcome.Stands() : new Outcome.Earlier(assignmentOf(standing));
    }

    private RegionClaim claimOf(Device device, Assignment assignment) {
        return new RegionClaim(
                new RegionClaim.Subject(device.origin(), device.registrationId(), assignment.generation()),
                homes.writerOf(device.origin(), device.registrationId()),
                homes.homeOf(device.origin(), device.registrationId()),
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
