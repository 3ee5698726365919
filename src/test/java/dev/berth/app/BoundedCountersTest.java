package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class BoundedCountersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BoundedCounters<Integer> counters =
            new BoundedCounters<>(registry, "devices", tenant -> Tags.of("tenant", "t" + tenant));

    @Test
    void countsEachKeyForItself() {
        counters.increment(1);
        counters.add(1, 2);
        counters.increment(2);

        assertThat(registry.counter("devices", "tenant", "t1").count()).isEqualTo(3);
        assertThat(registry.counter("devices", "tenant", "t2").count()).isEqualTo(1);
    }

    @Test
    void keysThatComeTooLateShareOne() {
        for (int tenant = 0; tenant < BoundedCounters.KEYS_MAX + 10; tenant++) {
            counters.increment(tenant);
        }

        assertThat(registry.getMeters()).hasSize(BoundedCounters.KEYS_MAX + 1);
        assertThat(registry.counter("devices", "tenant", BoundedCounters.OTHER).count())
                .isEqualTo(10);
    }
}
