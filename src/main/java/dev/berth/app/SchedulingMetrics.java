package dev.berth.app;

import dev.berth.inventory.DpsInstanceId;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.SchedulingEvents;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Counts slots, leases and tickets, and shows how long the queues are. */
@Singleton
final class SchedulingMetrics implements SchedulingEvents {
    private static final Logger LOG = Logger.getLogger(SchedulingMetrics.class);

    private final BoundedCounters<DpsInstanceId> slotsGiven;
    private final BoundedCounters<DpsInstanceId> slotsDropped;
    private final BoundedCounters<DpsInstanceId> slotsLeased;
    private final BoundedCounters<DpsInstanceId> ledgerLeases;
    private final BoundedCounters<DpsInstanceId> ledgerConflicts;
    private final BoundedCounters<DpsInstanceId> ledgerCaps;
    private final BoundedCounters<DpsInstanceId> ledgerFailures;
    private final BoundedCounters<DpsInstanceId> throttlePauses;
    private final BoundedCounters<String> tickets;
    private final Map<QueueKey, AtomicLong> waiting = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    @Inject
    SchedulingMetrics(MeterRegistry registry) {
        this.registry = registry;
        slotsGiven = new BoundedCounters<>(registry, "berth.slots.given", Labels::of);
        slotsDropped = new BoundedCounters<>(registry, "berth.slots.dropped", Labels::of);
        slotsLeased = new BoundedCounters<>(registry, "berth.slots.leased", Labels::of);
        ledgerLeases = new BoundedCounters<>(registry, "berth.ledger.leases", Labels::of);
        ledgerConflicts = new BoundedCounters<>(registry, "berth.ledger.conflicts", Labels::of);
        ledgerCaps = new BoundedCounters<>(registry, "berth.ledger.capped", Labels::of);
        ledgerFailures = new BoundedCounters<>(registry, "berth.ledger.unavailable", Labels::of);
        throttlePauses = new BoundedCounters<>(registry, "berth.throttle.pauses", Labels::of);
        tickets = new BoundedCounters<>(registry, "berth.queue.tickets", tenant -> Tags.of(Labels.TENANT, tenant));
    }

    @Override
    public void slotGiven(DpsInstanceId instance) {
        slotsGiven.increment(instance);
    }

    @Override
    public void slotsDropped(DpsInstanceId instance, int slots) {
        slotsDropped.add(instance, slots);
    }

    @Override
    public void leased(DpsInstanceId instance, int slots, int grants) {
        ledgerLeases.increment(instance);
        slotsLeased.add(instance, slots);
    }

    @Override
    public void ledgerConflict(DpsInstanceId instance) {
        ledgerConflicts.increment(instance);
    }

    @Override
    public void ledgerCapped(DpsInstanceId instance) {
        ledgerCaps.increment(instance);
    }

    @Override
    public void ledgerUnavailable(DpsInstanceId instance) {
        ledgerFailures.increment(instance);
    }

    @Override
    public void throttled(DpsInstanceId instance, Duration pause) {
        throttlePauses.increment(instance);
        LOG.warnf(
                "DPS throttles devices, so the instance gets none for %s tenant=%s dpsInstance=%s",
                pause, instance.tenant(), instance.name());
    }

    @Override
    public void ticketGiven(QueueKey queue) {
        tickets.increment(queue.owner().value());
    }

    /** A queue that nobody ever waited in has no gauge, and there are no more gauges than counters of one name. */
    @Override
    public void queueSeen(QueueKey queue, long tickets) {
        if (waiting.containsKey(queue) || (tickets > 0 && waiting.size() < BoundedCounters.KEYS_MAX)) {
            waiting.computeIfAbsent(queue, this::gauge).set(tickets);
        }
    }

    private AtomicLong gauge(QueueKey queue) {
        var tickets = new AtomicLong();
        Gauge.builder("berth.queue.waiting", tickets, AtomicLong::get)
                .tag(Labels.TENANT, queue.owner().value())
                .tag("queue", queue.name())
                .register(registry);
        return tickets;
    }
}
