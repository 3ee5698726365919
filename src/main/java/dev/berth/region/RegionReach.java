package dev.berth.region;

import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which regions' stores answer, as one replica sees it.
 *
 * <p>A region is away once nothing has come of any call for {@code awayAfter}. The naive way goes elsewhere at the first call that fails. Its flaw
 * is that each such detour may make a second claim of a device, which costs a verdict, a new generation and perhaps somebody's registration;
 * a device that is told to come back in a second costs that second. So until a region is away, its failures are its devices'.
 *
 * <p>While it is away, one caller in {@link #LOOK_AGAIN} is let through to see whether it is back; the first answer brings it back.
 */
public final class RegionReach {
    static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Set<RegionId> ways;
    private final Duration awayAfter;
    private final InstantSource clock;
    private final Map<RegionId, Outage> outages = new ConcurrentHashMap<>();

    /** @param ways the regions to whose stores there is a way at all */
    public RegionReach(Set<RegionId> ways, Duration awayAfter, InstantSource clock) {
        if (!awayAfter.isPositive()) {
            throw new IllegalArgumentException("how long a region fails before it is away must be positive");
        }
        this.ways = Set.copyOf(ways);
        this.awayAfter = awayAfter;
        this.clock = clock;
    }

    private record Outage(Instant since, Instant lookAt) {}

    /** Whether the region should be asked. Of those who find it away, one in a while is told to try. */
    public boolean isReachable(RegionId region) {
        Outage outage = outages.get(region);
        if (outage == null || !ways.contains(region)) {
            return ways.contains(region);
        }
        Instant now = clock.instant();
        boolean looks = !now.isBefore(outage.lookAt())
                && outages.replace(region, outage, new Outage(outage.since(), now.plus(LOOK_AGAIN)));
        return looks || now.isBefore(outage.since().plus(awayAfter));
    }

    /** Whether the region is away, for whoever only wants to know. */
    public boolean isAway(RegionId region) {
        Outage outage = outages.get(region);
        return outage != null && !clock.instant().isBefore(outage.since().plus(awayAfter));
    }

    public Set<RegionId> ways() {
        return ways;
    }

    /** Calls the region's store, and notes whether it answered. */
    public <A> A ask(RegionId region, Supplier<A> call) {
        try {
            A answer = call.get();
            outages.remove(region);
            return answer;
        } catch (RepositoryUnavailableException outage) {
            Instant now = clock.instant();
            outages.putIfAbsent(region, new Outage(now, now.plus(awayAfter).plus(LOOK_AGAIN)));
            throw outage;
        }
    }

    /** There is nobody left to ask. */
    static RepositoryUnavailableException nobody() {
        return new RepositoryUnavailableException("no region can be reached", false, LOOK_AGAIN, null);
    }
}
