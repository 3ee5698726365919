package dev.berth.enrollment;

import dev.berth.identity.TenantId;
import dev.berth.inventory.AllocationPolicy;
import dev.berth.inventory.ReprovisionPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An enrollment group as a DPS instance holds it, with exactly the members that Berth manages. A group has more (twin properties,
 * capabilities, a webhook); whoever writes a group leaves those as they are.
 *
 * @param id the {@code enrollmentGroupId}, compared without case
 * @param enabled its {@code provisioningStatus}
 * @param allocationPolicy null where the group leaves it to the instance
 * @param iotHubs host names; empty: all that are linked to the instance
 * @param reprovisionPolicy null where the group does not say
 * @param mark whose group it is, as its tags say; null if it is not Berth's
 * @param etag null for a group that is not at DPS yet
 */
public record RemoteGroup(
        String id,
        Attestation attestation,
        boolean enabled,
        @Nullable AllocationPolicy allocationPolicy,
        List<String> iotHubs,
        @Nullable ReprovisionPolicy reprovisionPolicy,
        @Nullable Mark mark,
        @Nullable String etag) {
    public RemoteGroup {
        iotHubs = List.copyOf(iotHubs);
    }

    public RemoteGroup withEtag(@Nullable String newEtag) {
        return new RemoteGroup(id, attestation, enabled, allocationPolicy, iotHubs, reprovisionPolicy, mark, newEtag);
    }

    /**
     * Says in the group's {@code initialTwin.tags.berth} that Berth made it, and for what; so it also shows in the twins of its devices.
     *
     * @param enrollmentGroup the name of the group in the inventory
     */
    public record Mark(TenantId tenant, String trustAnchor, String enrollmentGroup) {
        /** Whether both are of one anchor; the group in the inventory may have got another name. */
        boolean isForSameAnchorAs(@Nullable Mark other) {
            return other != null && tenant.equals(other.tenant) && trustAnchor.equals(other.trustAnchor);
        }
    }
}
