package dev.berth.app;

import dev.berth.inventory.Pools;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether devices should be sent here: the listeners are up, the store takes writes, the clock is
 * the store's, and the picture of the inventory is not old. The
 * checks of liveness are none: a process that answers is alive, and what ails it no restart would mend.
 */
@Singleton
@Unremovable
@Default
@org.eclipse.microprofile.health.Readiness
final class Readiness implements HealthCheck {
    /** An inventory older than this may name anchors that are gone. */
    static final Duration INVENTORY_AGE_MAX = Duration.ofMinutes(1);

    private final StoreMetrics store;
    private final Pools pools;
    private final ClockWatch clockWatch;
    private final InstantSource clock;
    private volatile Phase phase = Phase.STARTING;

    /** Where the service is in its life. */
    enum Phase {
        STARTING,
        SERVING,
        STOPPING
    }

    @Inject
    Readiness(StoreMetrics store, Pools pools, ClockWatch clockWatch, InstantSource clock) {
        this.store = store;
        this.pools = pools;
        this.clockWatch = clockWatch;
        this.clock = clock;
    }

    void enter(Phase next) {
        phase = next;
    }

    @Override
    public HealthCheckResponse call() {
        var inventoryAge = Duration.between(pools.refreshedAt(), clock.instant());
        var ready = phase == Phase.SERVING
                && store.suspendedBecause().isEmpty()
                && clockWatch.isWithinBound()
                && inventoryAge.compareTo(INVENTORY_AGE_MAX) <= 0;
        return HealthCheckResponse.named("berth")
                .status(ready)
                .withData("phase", Labels.of(phase))
                .withData("store", store.suspendedBecause().orElse("writable"))
                .withData("clock", clockWatch.isWithinBound() ? "within-bound" : "beyond-bound")
                .withData("inventoryAgeSeconds", inventoryAge.toSeconds())
                .build();
    }
}
