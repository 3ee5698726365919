package dev.berth.app;

import dev.berth.scheduling.ClockOffset;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Compares this machine's clock with the store's, and says so when it goes too far astray. */
@Singleton
final class ClockWatch {
    private static final Logger LOG = Logger.getLogger(ClockWatch.class);

    private final ClockOffset offset;
    private boolean wasWithinBound = true;

    @Inject
    ClockWatch(ClockOffset offset, MeterRegistry registry) {
        this.offset = offset;
        gauge("berth.clock.offset.seconds", ClockOffset.Estimate::offset, registry);
        gauge("berth.clock.uncertainty.seconds", ClockOffset.Estimate::uncertainty, registry);
        Gauge.builder("berth.clock.within.bound", () -> offset.isWithinBound() ? 1 : 0)
                .register(registry);
    }

    void look() {
        offset.measure();
        boolean withinBound = offset.isWithinBound();
        if (wasWithinBound && !withinBound) {
            LOG.errorf(
                    "no device is told when to register: this machine's clock is not known to be the store's: %s",
                    known());
        }
        if (!wasWithinBound && withinBound) {
            LOG.infof("devices are told when to register again: %s", known());
        }
        wasWithinBound = withinBound;
    }

    boolean isWithinBound() {
        return offset.isWithinBound();
    }

    private String known() {
        return offset.estimate()
                .map(known -> "offset " + known.offset() + ", give or take " + known.uncertainty())
                .orElse("the store's clock was never seen");
    }

    private void gauge(String name, Function<ClockOffset.Estimate, Duration> of, MeterRegistry registry) {
        Gauge.builder(
                        name,
                        () -> offset.estimate().map(of).map(ClockWatch::seconds).orElse(Double.NaN))
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
