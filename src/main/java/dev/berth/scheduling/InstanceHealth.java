package dev.berth.scheduling;

import dev.berth.inventory.DpsInstanceId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which instances must be left alone, and until when; what calls DPS, or hears of it, says so here. */
public final class InstanceHealth {
    private final Map<DpsInstanceId, Instant> unavailableUntil = new ConcurrentHashMap<>();

    /** Gives {@code instance} no device before {@code until}; the later of two such words counts. */
    public void unavailable(DpsInstanceId instance, Instant until) {
        unavailableUntil.merge(instance, until, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** Takes an earlier {@link #unavailable} back. */
    public void available(DpsInstanceId instance) {
        unavailableUntil.remove(instance);
    }

    Instant availableAt(DpsInstanceId instance) {
        return unavailableUntil.getOrDefault(instance, Instant.MIN);
    }
}
