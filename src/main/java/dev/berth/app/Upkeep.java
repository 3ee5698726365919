package dev.berth.app;

import dev.berth.enrollment.EnrollmentSyncs;
import dev.berth.forecast.RegistrationMeter;
import dev.berth.inventory.Pools;
import dev.berth.lifecycle.PeriodicReconciliation;
import dev.berth.scheduling.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What has to be done every second, whoever calls or not: a fresh picture of the inventory and of the clock, idle capacity given back, syncs
 * and counts begun, what was counted for forecasts written.
 */
@Singleton
final class Upkeep {
    private static final Logger LOG = Logger.getLogger(Upkeep.class);

    private final Pools pools;
    private final ClockWatch clockWatch;
    private final Scheduler scheduler;
    private final EnrollmentSyncs syncs;
    private final PeriodicReconciliation reconciliations;
    private final ClaimReviews claimReviews;
    private final RegistrationMeter meter;
    private final ForecastMetrics forecasts;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("upkeep").daemon().factory());

    @Inject
    Upkeep(
            Pools pools,
            ClockWatch clockWatch,
            Scheduler scheduler,
            EnrollmentSyncs syncs,
            PeriodicReconciliation reconciliations,
            ClaimReviews claimReviews,
            RegistrationMeter meter,
            ForecastMetrics forecasts,
            InstantSource clock) {
        this.pools = pools;
        this.clockWatch = clockWatch;
        this.scheduler = scheduler;
        this.syncs = syncs;
        this.reconciliations = reconciliations;
        this.claimReviews = claimReviews;
        this.meter = meter;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    void start() {
        clockWatch.look();
        var _ = timer.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    /** A round that fails is one lost round: the next one finds the same work. */
    private void round() {
        try {
            clockWatch.look();
            pools.refreshIfDue(clock.instant());
            scheduler.tidy();
            syncs.startDue();
            reconciliations.startDue();
            claimReviews.startDue();
            meter.writeDue();
            forecasts.refreshIfDue(clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("upkeep failed; it is tried again in a second", e);
        }
    }
}
