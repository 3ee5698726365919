package dev.berth.inventory;

import dev.berth.identity.KeyThumbprint;
import dev.berth.identity.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the last look at a DPS instance saw of one enrollment group; all replicas go by it.
 *
 * @param group name of the enrollment group
 * @param dpsInstance the instance that was looked at
 * @param anchorKey the key of the trust anchor that the group had to carry
 * @param covers whether an enabled enrollment lets the anchor's devices in. A look that failed says nothing new about that, so it keeps
 *     what the look before saw
 * @param detail what differs, or why it was refused
 */
public record EnrollmentStanding(
        TenantId tenant,
        String group,
        String dpsInstance,
        KeyThumbprint anchorKey,
        State state,
        boolean covers,
        @Nullable String detail,
        Instant checkedAt) {
    public static final int DETAIL_LENGTH_MAX = 500;

    public EnrollmentStanding {
        detail = detail == null || detail.length() <= DETAIL_LENGTH_MAX
                ? detail
                : detail.substring(0, DETAIL_LENGTH_MAX);
    }

    /** Whether it is about this group as it is now, and not about an earlier one of its name. */
    public boolean isOf(EnrollmentGroup now, KeyThumbprint anchorKeyNow) {
        return tenant.equals(now.tenant())
                && group.equals(now.name())
                && dpsInstance.equals(now.dpsInstance())
                && anchorKey.equals(anchorKeyNow);
    }

    /** What was seen. */
    public enum State {
        /** It stands as it should. */
        STANDING,
        /** There is none. */
        MISSING,
        /** It differs from what it should be. */
        DRIFTED,
        /** It lets nobody in. */
        DISABLED,
        /** DPS, or a rule of ours, does not let it be made. */
        REFUSED,
        /** Nobody could look. */
        UNREACHABLE
    }
}
