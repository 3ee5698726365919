package dev.berth.app;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.scheduling.ArrivalLog;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How late devices come, for those who watch and those who ask. */
@Singleton
final class ArrivalMetrics {
    private static final double[] SECONDS = {0.1, 0.2, 0.5, 0.7, 1, 1.2, 1.5, 2, 5, 10, 30};

    private final ArrivalLog arrivals;
    private final MeterRegistry registry;
    private final Map<Told, DistributionSummary> lateness = new ConcurrentHashMap<>();

    private record Told(DpsInstanceId instance, String by) {
        Tags labels() {
            return Labels.of(instance).and("by", by);
        }
    }

    @Inject
    ArrivalMetrics(ArrivalLog arrivals, MeterRegistry registry) {
        this.arrivals = arrivals;
        this.registry = registry;
    }

    void toldByDps(DpsInstanceId instance, Duration late) {
        arrivals.of(instance).saw(late);
        record(new Told(instance, "dps"), late);
    }

    void toldByDevice(DpsInstanceId instance, Duration late) {
        arrivals.of(instance).wasReported(late);
        record(new Told(instance, "device"), late);
    }

    /** There are no more of them than counters of one name; a summary takes nothing below zero, which DPS's clock may show. */
    private void record(Told told, Duration late) {
        if (lateness.containsKey(told) || lateness.size() < BoundedCounters.KEYS_MAX) {
            lateness.computeIfAbsent(told, this::summary).record(Math.max(0, late.toNanos() / 1e9));
        }
    }

    private DistributionSummary summary(Told told) {
        return DistributionSummary.builder("berth.arrival.lateness.seconds")
                .tags(told.labels())
                .serviceLevelObjectives(SECONDS)
                .register(registry);
    }
}
