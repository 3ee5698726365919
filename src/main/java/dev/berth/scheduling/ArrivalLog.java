package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The arrivals that this replica heard of since it started, by instance; there are no more of these than in the inventory. */
public final class ArrivalLog {
    private final Map<DpsInstanceId, Arrivals> arrivals = new ConcurrentHashMap<>();
    private final Instant since;

    public ArrivalLog(InstantSource clock) {
        this.since = clock.instant();
    }

    /** Those of one instance, perhaps none yet. */
    public Arrivals of(DpsInstanceId instance) {
        return arrivals.computeIfAbsent(instance, _ -> new Arrivals());
    }

    public Instant since() {
        return since;
    }
}
