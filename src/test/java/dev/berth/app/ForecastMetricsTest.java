package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.forecast.Forecasts;
import dev.berth.forecast.RegistrationMeter;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Pools;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.Outlook;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.RegistrationHistoryDocuments;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is shown of how instances fill. */
class ForecastMetricsTest {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LedgerDocuments ledgers = new LedgerDocuments(store);
    private final RegistrationHistoryDocuments histories = new RegistrationHistoryDocuments(store);
    private final Catalogs catalogs = InventoryDocuments.over(store);
    private final Pools pools = new Pools(catalogs);
    private final ForecastMetrics metrics = new ForecastMetrics(
            registry,
            pools,
            new Forecasts(
                    pools,
                    new Outlook(
                            ledgers,
                            new QueueDocuments(store),
                            new InstanceHealth(),
                            SchedulingSettings.DEFAULT,
                            clock),
                    histories,
                    clock));

    private final DpsInstance instance = Instances.named("eu-1", Instances.limits(60, 1_000));

    @Test
    void eachInstanceShowsWhatIsUsedHowFastAndWhose() {
        add(instance);
        ledgers.swap(instance.id(), null, new Ledger(clock.instant(), 400));
        var meter = new RegistrationMeter(histories, clock);
        IntStream.range(0, 60).forEach(_ -> meter.note(Instances.TENANT, instance.id()));
        meter.writeAll();

        metrics.refreshIfDue(clock.instant());

        assertThat(gauge("berth.registrations.used")).isEqualTo(400);
        assertThat(gauge("berth.registrations.max")).isEqualTo(1_000);
        assertThat(gauge("berth.registrations.per.hour", "window", "1h")).isEqualTo(60);
        assertThat(gauge("berth.registrations.run.out.seconds", "window", "1h")).isEqualTo(36_000);
        assertThat(gauge("berth.registrations.granted", "owner", "contoso")).isEqualTo(60);
    }

    @Test
    void whatDoesNotRunOutIsFarAway() {
        add(instance);

        metrics.refreshIfDue(clock.instant());

        assertThat(gauge("berth.registrations.run.out.seconds", "window", "5d")).isInfinite();
    }

    @Test
    void itLooksOnceInAWhile() {
        add(instance);
        metrics.refreshIfDue(clock.instant());
        ledgers.swap(instance.id(), null, new Ledger(clock.instant(), 400));

        metrics.refreshIfDue(clock.instant());
        assertThat(gauge("berth.registrations.used")).isZero();

        clock.advance(ForecastMetrics.REFRESH_EVERY);
        metrics.refreshIfDue(clock.instant());
        assertThat(gauge("berth.registrations.used")).isEqualTo(400);
    }

    @Test
    void anInstanceThatIsGoneIsShownNoMore() {
        add(instance);
        metrics.refreshIfDue(clock.instant());
        var found = catalogs.dpsInstances().find(Instances.TENANT, "eu-1").orElseThrow();
        catalogs.dpsInstances().delete(Instances.TENANT, "eu-1", found.version());
        pools.refresh(clock.instant());

        clock.advance(ForecastMetrics.REFRESH_EVERY);
        metrics.refreshIfDue(clock.instant());

        assertThat(registry.find("berth.registrations.used").gauges()).isEmpty();
    }

    @Test
    void thereAreNoMoreGaugesOfOneNameThanTheLimit() {
        Instances.many(BoundedCounters.KEYS_MAX + 5, Instances.perMinute(60)).forEach(this::add);

        metrics.refreshIfDue(clock.instant());

        assertThat(registry.find("berth.registrations.used").gauges()).hasSize(BoundedCounters.KEYS_MAX);
        assertThat(registry.find("berth.registrations.per.hour").gauges()).hasSize(BoundedCounters.KEYS_MAX);
    }

    private void add(DpsInstance added) {
        catalogs.dpsInstances().insert(added);
        pools.refresh(clock.instant());
    }

    private double gauge(String name, String... tags) {
        Gauge gauge = registry.get(name).tag("dps_instance", "eu-1").tags(tags).gauge();
        return gauge.value();
    }
}
