package dev.berth.region;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;

/**
 * What a region is about to tell a device. It is written once, before the device is told, and never changed or deleted: its key has the region
 * in it, so no other region ever writes the same one, and no merge of regions can lose it. A device's document says what holds; its claims
 * say what was said.
 *
 * @param region whose store took it
 * @param home of the device; if that is another region, this one stood in for it
 * @param slot the first one, at which DPS may see the registration
 * @param epoch of the instance's ledger when capacity was taken
 * @param at when the claim was made
 */
public record RegionClaim(
        Subject subject, RegionId region, RegionId home, DpsInstanceId instance, Instant slot, long epoch, Instant at) {

    /** One assignment of one device: what there should be one claim of. */
    public record Subject(TenantId origin, RegistrationId registrationId, long generation) {}

    public long generation() {
        return subject.generation();
    }

    /** Whether it was made while the device's home was away, so that the home may have claimed otherwise. */
    public boolean standsIn() {
        return !region.equals(home);
    }
}
