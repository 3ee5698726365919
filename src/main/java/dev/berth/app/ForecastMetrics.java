package dev.berth.app;

import dev.berth.forecast.Forecasts;
import dev.berth.forecast.InstanceForecast;
import dev.berth.forecast.OwnerUse;
import dev.berth.forecast.Rate;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Pools;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows how full instances are, how fast they fill, when they will be full, and whose devices they hold. It looks once in
 * {@link #REFRESH_EVERY}, whoever scrapes and how often; an instance that is gone is shown no more.
 */
@Singleton
final class ForecastMetrics {
    static final Duration REFRESH_EVERY = Duration.ofMinutes(1);

    private static final String OWNER = "owner";
    private static final String WINDOW = "window";

    private final Pools pools;
    private final Forecasts forecasts;
    private final MultiGauge used;
    private final MultiGauge max;
    private final MultiGauge rates;
    private final MultiGauge runOut;
    private final MultiGauge owners;
    private Instant refreshedAt = Instant.MIN;

    @Inject
    ForecastMetrics(MeterRegistry registry, Pools pools, Forecasts forecasts) {
        this.pools = pools;
        this.forecasts = forecasts;
        used = MultiGauge.builder("berth.registrations.used").register(registry);
        max = MultiGauge.builder("berth.registrations.max").register(registry);
        rates = MultiGauge.builder("berth.registrations.per.hour").register(registry);
        runOut = MultiGauge.builder("berth.registrations.run.out.seconds").register(registry);
        owners = MultiGauge.builder("berth.registrations.granted").register(registry);
    }

    /** Looks again if that was not done for {@link #REFRESH_EVERY}. */
    void refreshIfDue(Instant now) {
        if (refreshedAt.equals(Instant.MIN) || !now.isBefore(refreshedAt.plus(REFRESH_EVERY))) {
            refreshedAt = now; // what fails is not tried again with every round
            show(pools.snapshot().dpsInstances().stream()
                    .sorted(Comparator.comparing(DpsInstance::id))
                    .limit(BoundedCounters.KEYS_MAX)
                    .map(instance -> forecasts.of(instance, 1))
                    .toList());
        }
    }

    private void show(List<InstanceForecast> seen) {
        show(used, seen, one -> Stream.of(row(one, Tags.empty(), one.use().used())));
        show(max, seen, one -> Stream.of(row(one, Tags.empty(), one.use().max())));
        show(rates, seen, one -> one.use().rates().stream().map(rate -> row(one, window(rate), rate.perHour())));
        show(
                runOut,
                seen,
                one -> one.use().rates().stream()
                        .map(rate -> row(one, window(rate), secondsUntil(rate.runsOutAt(), one.at()))));
        show(owners, seen, one -> one.use().owners().stream().map(owner -> row(one, owner(owner), owner.total())));
    }

    private static void show(
            MultiGauge gauge, List<InstanceForecast> seen, Function<InstanceForecast, Stream<MultiGauge.Row<?>>> rows) {
        gauge.register(
                seen.stream().flatMap(rows).limit(BoundedCounters.KEYS_MAX).toList(), true);
    }

    private static MultiGauge.Row<?> row(InstanceForecast forecast, Tags more, Number value) {
        return MultiGauge.Row.of(Labels.of(forecast.instance().id()).and(more), value);
    }

    private static Tags window(Rate rate) {
        return Tags.of(WINDOW, rate.window().label());
    }

    private static Tags owner(OwnerUse use) {
        return Tags.of(OWNER, use.owner());
    }

    /** Infinite for what does not run out within any time worth looking at, so that "less than" alarms hold. */
    private static double secondsUntil(@Nullable Instant runsOutAt, Instant now) {
        return runsOutAt == null
                ? Double.POSITIVE_INFINITY
                : Duration.between(now, runsOutAt).toSeconds();
    }
}
