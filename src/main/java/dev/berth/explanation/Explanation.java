package dev.berth.explanation;

import dev.berth.provisioning.Device;
import dev.berth.region.LostClaim;
import dev.berth.scheduling.InstanceOutlook;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a device is where it is.
 *
 * @param at when this was worked out
 * @param own how the instance stands that it is assigned to; null if it waits for its first, or that one is gone
 * @param place where it stands in its queue, or null if it is in none
 * @param disputes what regions claimed for it and does not hold, the latest first, at most {@link #DISPUTES_MAX}
 * @param reasons what was decided, and why, in sentences
 * @param changes what would change it, in sentences
 */
public record Explanation(
        Device device,
        Instant at,
        NextAnswer nextAnswer,
        @Nullable InstanceOutlook own,
        @Nullable Place place,
        PoolNow pool,
        List<LostClaim> disputes,
        List<String> reasons,
        List<String> changes) {
    /** Regions that meet again after an outage claim twice at most; a device that has more disputes than this shows its latest. */
    public static final int DISPUTES_MAX = 10;
}
