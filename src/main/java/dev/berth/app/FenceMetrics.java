package dev.berth.app;

import dev.berth.fence.FenceEvents;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what fences of one kind do, and shows which breakers are open. Fault Tolerance's own metrics are off: they would be labelled with each
 * server's name, a dozen for each, without a bound.
 */
final class FenceMetrics {
    private static final int GAUGES_MAX = BoundedCounters.KEYS_MAX;

    private final MeterRegistry registry;
    private final String prefix;
    private final BoundedCounters<Happened> events;
    private final Map<Tags, Fenced> fences = new ConcurrentHashMap<>();

    private record Happened(Tags server, FenceEvents.Event event) {
        Tags labels() {
            return server.and("event", Labels.of(event));
        }
    }

    FenceMetrics(MeterRegistry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
        this.events = new BoundedCounters<>(registry, prefix + ".fence.events", Happened::labels);
    }

    /** Hears of the fence around {@code server}; of servers beyond the bound there is no gauge. */
    FenceEvents of(Tags server) {
        if (fences.size() >= GAUGES_MAX) {
            return fences.getOrDefault(server, new Fenced(server));
        }
        return fences.computeIfAbsent(server, this::shown);
    }

    private Fenced shown(Tags server) {
        var fenced = new Fenced(server);
        Gauge.builder(prefix + ".fence.breaker", fenced::level).tags(server).register(registry);
        return fenced;
    }

    /** What was heard of one fence. */
    private final class Fenced implements FenceEvents {
        private final Tags server;
        private volatile Breaker breaker = Breaker.CLOSED;

        Fenced(Tags server) {
            this.server = server;
        }

        /** From 0, the best, to 2. */
        int level() {
            return switch (breaker) {
                case CLOSED -> 0;
                case HALF_OPEN -> 1;
                case OPEN -> 2;
            };
        }

        @Override
        public void happened(Event event) {
            events.increment(new Happened(server, event));
        }

        @Override
        public void breaker(Breaker state) {
            breaker = state;
        }
    }
}
