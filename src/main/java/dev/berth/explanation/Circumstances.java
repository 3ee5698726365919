package dev.berth.explanation;

import dev.berth.inventory.DpsInstance;
import dev.berth.provisioning.Device;
import dev.berth.region.LostClaim;
import dev.berth.scheduling.InstanceOutlook;
import dev.berth.scheduling.SchedulingSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an explanation is worked out from: the device as it is stored, and what stands now.
 *
 * @param atHome whether its own instance gives slots in this region
 * @param disputes what regions claimed for it and does not hold, the latest first
 */
record Circumstances(
        Device device,
        Instant now,
        SchedulingSettings settings,
        @Nullable InstanceOutlook own,
        boolean atHome,
        @Nullable Place place,
        PoolNow pool,
        List<LostClaim> disputes) {

    /** Whether its own instance serves it. */
    boolean isUsable() {
        return own != null && own.instance().state() != DpsInstance.State.DISABLED;
    }

    boolean isWithinHorizon(InstanceOutlook outlook) {
        return !outlook.nextSlot().isAfter(now.plus(settings.horizon()));
    }

    /** Whether a device that has this ticket, or none, overtakes nobody. */
    boolean isItsTurn() {
        return place == null || place.admitted();
    }
}
