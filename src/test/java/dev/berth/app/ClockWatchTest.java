package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduling.ClockOffset;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.StoreTime;
import dev.berth.scheduling.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final VirtualClock clock = new VirtualClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Duration offset = Duration.ZERO;
    private final ClockWatch watch = new ClockWatch(
            new ClockOffset(
                    () -> new StoreTime.Reading(clock.instant().plus(offset), Duration.ZERO),
                    SchedulingSettings.DEFAULT,
                    clock),
            registry);

    @Test
    void nothingIsKnownBeforeTheFirstLook() {
        assertThat(watch.isWithinBound()).isFalse();
        assertThat(gauge("berth.clock.within.bound")).isZero();
        assertThat(gauge("berth.clock.offset.seconds")).isNaN();
    }

    @Test
    void aClockThatIsOffShowsAndOneThatIsRightAgainToo() {
        offset = Duration.ofMillis(1_500);
        watch.look();
        assertThat(gauge("berth.clock.within.bound")).isZero();
        assertThat(gauge("berth.clock.offset.seconds")).isEqualTo(1.5);
        offset = Duration.ZERO;
        watch.look();
        assertThat(gauge("berth.clock.within.bound")).isEqualTo(1);
        assertThat(gauge("berth.clock.uncertainty.seconds")).isZero();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
