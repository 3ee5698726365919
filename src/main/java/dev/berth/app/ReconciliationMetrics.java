package dev.berth.app;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.lifecycle.Finding;
import dev.berth.lifecycle.ReconciliationEvents;
import dev.berth.lifecycle.Settlement;
import dev.berth.lifecycle.Stage;
import dev.berth.lifecycle.Tally;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Counts reconciliations, shows what the last one of each instance found, and logs what an operator should look at. */
@Singleton
final class ReconciliationMetrics implements ReconciliationEvents {
    private static final Logger LOG = Logger.getLogger(ReconciliationMetrics.class);

    private final BoundedCounters<Run> runs;
    private final BoundedCounters<DpsInstanceId> confirmed;
    private final Timer duration;
    private final ArrivalMetrics arrivals;
    private final MeterRegistry registry;
    private final Map<Shown, AtomicLong> shown = new ConcurrentHashMap<>();

    private record Run(DpsInstanceId instance, String outcome) {}

    /** One gauge of one instance; {@code kind} is empty where the gauge has none. */
    private record Shown(String name, DpsInstanceId instance, String kind) {}

    @Inject
    ReconciliationMetrics(MeterRegistry registry, ArrivalMetrics arrivals) {
        this.arrivals = arrivals;
        this.registry = registry;
        runs = new BoundedCounters<>(
                registry,
                "berth.reconciliations",
                run -> Labels.of(run.instance()).and("outcome", run.outcome()));
        confirmed = new BoundedCounters<>(registry, "berth.reconciliation.confirmed", Labels::of);
        duration = registry.timer("berth.reconciliation.duration");
    }

    @Override
    public void confirmed(DpsInstanceId instance, long devices) {
        confirmed.add(instance, Math.toIntExact(devices));
    }

    @Override
    public void arrived(DpsInstanceId instance, Duration lateness) {
        arrivals.toldByDps(instance, lateness);
    }

    @Override
    public void ended(DpsInstanceId instance, Duration took, long operations, Stage.Ended outcome) {
        switch (outcome) {
            case Stage.Settled(var count, var settlement, var at) -> {
                runs.increment(new Run(instance, "done"));
                duration.record(took);
                show(instance, settlement, count.tally());
                LOG.infof(
                        "reconciliation: %d registrations, committed %d before and %d now, after %d operations;"
                                + " %d confirmed, %s tenant=%s dpsInstance=%s",
                        settlement.counted(),
                        settlement.committedBefore(),
                        settlement.committedAfter(),
                        operations,
                        count.tally().confirmed(),
                        words(count.tally()),
                        instance.tenant(),
                        instance.name());
            }
            case Stage.Failed(var count, var reason, var at) -> {
                runs.increment(new Run(instance, "failed"));
                LOG.warnf(
                        "reconciliation failed: %s tenant=%s dpsInstance=%s",
                        reason, instance.tenant(), instance.name());
            }
        }
    }

    @Override
    public void interrupted(DpsInstanceId instance, String why) {
        runs.increment(new Run(instance, "interrupted"));
        LOG.infof("reconciliation goes on later: %s tenant=%s dpsInstance=%s", why, instance.tenant(), instance.name());
    }

    private void show(DpsInstanceId instance, Settlement settlement, Tally tally) {
        show(new Shown("berth.reconciliation.registrations", instance, ""), settlement.counted());
        show(new Shown("berth.reconciliation.promised", instance, ""), settlement.promised());
        show(new Shown("berth.reconciliation.difference", instance, ""), settlement.difference());
        for (var kind : Finding.Kind.values()) {
            show(
                    new Shown("berth.reconciliation.findings", instance, Labels.of(kind)),
                    tally.findings().getOrDefault(kind, 0L));
        }
    }

    /** There are no more gauges of one name than counters. */
    private void show(Shown gauge, long value) {
        long ofName = shown.keySet().stream()
                .filter(known -> known.name().equals(gauge.name()))
                .count();
        if (shown.containsKey(gauge) || ofName < BoundedCounters.KEYS_MAX) {
            shown.computeIfAbsent(gauge, this::register).set(value);
        }
    }

    private AtomicLong register(Shown gauge) {
        var value = new AtomicLong();
        var labels = Labels.of(gauge.instance());
        Gauge.builder(gauge.name(), value, AtomicLong::get)
                .tags(gauge.kind().isEmpty() ? labels : Tags.concat(labels, "kind", gauge.kind()))
                .register(registry);
        return value;
    }

    private static String words(Tally tally) {
        return tally.findings().isEmpty() ? "no findings" : "findings " + tally.findings();
    }
}
