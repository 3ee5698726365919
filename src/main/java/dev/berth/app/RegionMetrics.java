package dev.berth.app;

import dev.berth.region.RegionEvents;
import dev.berth.region.RegionId;
import dev.berth.region.RegionReach;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what regions claim in each other's place and what becomes of it, and shows which regions are away. There are at most 16 regions. */
@Singleton
final class RegionMetrics implements RegionEvents {
    private final MeterRegistry registry;
    private final Map<RegionId, Counter> standIns = new ConcurrentHashMap<>();
    private final Map<Outcome, Counter> disputes = new EnumMap<>(Outcome.class);
    private final AtomicInteger open = new AtomicInteger();

    @Inject
    RegionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** There is nothing to show where Berth runs in one region. */
    void watch(RegionReach reach) {
        for (Outcome outcome : Outcome.values()) {
            disputes.put(
                    outcome,
                    Counter.builder("berth.region.disputes")
                            .tag("outcome", Labels.of(outcome))
                            .register(registry));
        }
        Gauge.builder("berth.region.claims.open", open, AtomicInteger::get).register(registry);
        for (RegionId region : reach.ways()) {
            Gauge.builder("berth.region.away", () -> reach.isAway(region) ? 1 : 0)
                    .tag("region", region.value())
                    .register(registry);
        }
    }

    @Override
    public void stoodIn(RegionId home) {
        standIns.computeIfAbsent(home, this::standIns).increment();
    }

    private Counter standIns(RegionId home) {
        return Counter.builder("berth.region.stand.ins")
                .tag("region", home.value())
                .register(registry);
    }

    @Override
    public void reviewed(Outcome outcome) {
        disputes.computeIfPresent(outcome, (_, counter) -> {
            counter.increment();
            return counter;
        });
    }

    @Override
    public void open(int claims) {
        open.set(claims);
    }
}
