package dev.berth.enrollment;

import dev.berth.inventory.EnrollmentStanding.State;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one group after a look, or a write.
 *
 * @param covers null where the look failed, so that what was known before holds
 */
record Finding(
        State state, @Nullable Boolean covers, @Nullable String detail) {
    static final Finding STANDING = new Finding(State.STANDING, true, null);

    static Finding missing(String detail) {
        return new Finding(State.MISSING, false, detail);
    }

    static Finding disabled(@Nullable String detail) {
        return new Finding(State.DISABLED, false, detail);
    }

    static Finding refused(boolean covers, String detail) {
        return new Finding(State.REFUSED, covers, detail);
    }

    static Finding unreachable(String detail) {
        return new Finding(State.UNREACHABLE, null, detail);
    }
}
