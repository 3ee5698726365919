package dev.berth.app;

import dev.berth.fence.FenceEvents;
import dev.berth.store.StoreListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Measures the store, and knows whether it takes writes. */
@Singleton
final class StoreMetrics implements StoreListener {
    private static final Logger LOG = Logger.getLogger(StoreMetrics.class);

    private final MeterRegistry registry;
    private final Map<Call, Timer> operations = new ConcurrentHashMap<>();
    private final Map<Operation, DistributionSummary> charges = new ConcurrentHashMap<>();
    private final FenceEvents fence;
    private final Timer commits;
    private final DistributionSummary commitWrites;
    private volatile int queued;
    private volatile @Nullable String suspendedBecause;

    private record Call(Operation operation, Outcome outcome) {}

    @Inject
    StoreMetrics(MeterRegistry registry) {
        this.registry = registry;
        commits = Timer.builder("berth.store.commits")
                .publishPercentileHistogram()
                .register(registry);
        commitWrites = DistributionSummary.builder("berth.store.commit.writes").register(registry);
        fence = new FenceMetrics(registry, "berth.store").of(Tags.empty());
        Gauge.builder("berth.store.writes.queued", () -> queued).register(registry);
        Gauge.builder("berth.store.writable", () -> suspendedBecause == null ? 1 : 0)
                .register(registry);
    }

    private Timer timer(Call call) {
        return Timer.builder("berth.store.operations")
                .tag("operation", Labels.of(call.operation()))
                .tag("outcome", Labels.of(call.outcome()))
                .publishPercentileHistogram(call.outcome() == Outcome.DONE)
                .register(registry);
    }

    /** Why the store refuses writes, if it does. */
    Optional<String> suspendedBecause() {
        return Optional.ofNullable(suspendedBecause);
    }

    @Override
    public void completed(Operation operation, Duration duration, Outcome outcome) {
        operations.computeIfAbsent(new Call(operation, outcome), this::timer).record(duration);
    }

    @Override
    public void charged(Operation operation, double requestUnits) {
        charges.computeIfAbsent(operation, this::charge).record(requestUnits);
    }

    private DistributionSummary charge(Operation operation) {
        return DistributionSummary.builder("berth.store.request.units")
                .tag("operation", Labels.of(operation))
                .register(registry);
    }

    @Override
    public FenceEvents fence() {
        return fence;
    }

    @Override
    public void committed(int writes, Duration duration, int waiting) {
        commits.record(duration);
        commitWrites.record(writes);
        queued = waiting;
    }

    @Override
    public void suspended(String reason) {
        suspendedBecause = reason;
        LOG.errorf("the store is suspended: %s", reason);
    }

    @Override
    public void resumed() {
        suspendedBecause = null;
        LOG.info("the store is there again");
    }
}
