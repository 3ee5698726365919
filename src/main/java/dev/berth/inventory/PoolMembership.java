package dev.berth.inventory;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an instance is in the pool of a trust anchor's devices, and if not, why.
 *
 * @param group the enrollment group that joins the two, or null if there is none
 * @param seen what was last seen of that group at DPS, or null if nobody looked
 * @param barriers all that keeps it out; empty if it is in
 */
public record PoolMembership(
        DpsInstance instance,
        @Nullable EnrollmentGroup group,
        @Nullable EnrollmentStanding seen,
        List<Barrier> barriers) {
    public PoolMembership {
        barriers = List.copyOf(barriers);
    }

    /** What keeps an instance out of a pool. */
    public enum Barrier {
        /** No enrollment group joins it and the trust anchor. */
        NO_ENROLLMENT_GROUP,
        /** The one that does is disabled. */
        ENROLLMENT_GROUP_DISABLED,
        /** Nobody saw it stand at DPS. */
        ENROLLMENT_NOT_SEEN,
        /** It takes no new devices. */
        NOT_ACTIVE,
        /** It is elsewhere than the devices have to stay. */
        OTHER_GEOGRAPHY,
        /** It is at home in another region than this Berth. */
        OTHER_REGION
    }

    public boolean isMember() {
        return barriers.isEmpty();
    }

    public Optional<EnrollmentGroup> enrollmentGroup() {
        return Optional.ofNullable(group);
    }
}
