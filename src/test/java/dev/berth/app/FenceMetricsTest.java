package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.fence.FenceEvents.Breaker;
import dev.berth.fence.FenceEvents.Event;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class FenceMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FenceMetrics metrics = new FenceMetrics(registry, "berth.dps");

    @Test
    void eachServersEventsAreCounted() {
        metrics.of(server(1)).happened(Event.REPEATED);
        metrics.of(server(1)).happened(Event.REPEATED);
        metrics.of(server(2)).happened(Event.LATE);
        assertThat(count(server(1), "repeated")).isEqualTo(2);
        assertThat(count(server(2), "late")).isEqualTo(1);
    }

    @Test
    void aBreakerShowsItsState() {
        var fence = metrics.of(server(1));
        assertThat(breaker(server(1))).isZero();
        fence.breaker(Breaker.OPEN);
        assertThat(breaker(server(1))).isEqualTo(2);
        fence.breaker(Breaker.HALF_OPEN);
        assertThat(breaker(server(1))).isEqualTo(1);
        fence.breaker(Breaker.CLOSED);
        assertThat(breaker(server(1))).isZero();
    }

    @Test
    void noNumberOfServersMakesTheMetricsGrowWithoutEnd() {
        for (int server = 0; server < 3 * BoundedCounters.KEYS_MAX; server++) {
            metrics.of(server(server)).happened(Event.SPARED);
            metrics.of(server(server)).breaker(Breaker.OPEN);
        }
        assertThat(registry.find("berth.dps.fence.breaker").gauges()).hasSize(BoundedCounters.KEYS_MAX);
        assertThat(registry.find("berth.dps.fence.events").counters())
                .hasSizeLessThanOrEqualTo(BoundedCounters.KEYS_MAX + 1);
        assertThat(count(Tags.of("server", "other"), "other")).isEqualTo(2.0 * BoundedCounters.KEYS_MAX);
    }

    private double count(Tags server, String event) {
        return registry.get("berth.dps.fence.events")
                .tags(server.and("event", event))
                .counter()
                .count();
    }

    private double breaker(Tags server) {
        return registry.get("berth.dps.fence.breaker").tags(server).gauge().value();
    }

    private static Tags server(int number) {
        return Tags.of("server", Integer.toString(number));
    }
}
