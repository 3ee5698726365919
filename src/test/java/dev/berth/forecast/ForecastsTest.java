package dev.berth.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Tenant;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.Outlook;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.QueueState;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What will become of instances and pools. */
class ForecastsTest {
    private static final TenantId CONTOSO = Instances.TENANT;
    private static final TenantId FABRIKAM = new TenantId("fabrikam");

    /** 61.2 s over one less than 613: a slot every 0.1 s, and a nanosecond. */
    private static final int PER_MINUTE = 613;

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final InstanceHealth health = new InstanceHealth();
    private final LedgerDocuments ledgers = new LedgerDocuments(store);
    private final QueueDocuments queues = new QueueDocuments(store);
    private final InMemoryHistories histories = new InMemoryHistories();
    private final RegistrationMeter meter = new RegistrationMeter(histories, clock);
    private final Pools pools = new Pools(InventoryDocuments.over(store));
    private final Outlook outlook = new Outlook(ledgers, queues, health, SchedulingSettings.DEFAULT, clock);
    private final Forecasts forecasts = new Forecasts(pools, outlook, histories, clock);
    private final DpsInstance first = Instances.named("eu-1", Instances.limits(PER_MINUTE, 1_000));
    private final DpsInstance second = Instances.named("eu-2", Instances.limits(PER_MINUTE, 500));

    @BeforeEach
    void twoInstancesAreInThePool() {
        var catalogs = InventoryDocuments.over(store);
        catalogs.tenants().insert(new Tenant(CONTOSO, "Contoso", null));
        for (var instance : List.of(first, second)) {
            var name = instance.id().name();
            catalogs.dpsInstances().insert(instance);
            catalogs.enrollmentGroups().insert(new EnrollmentGroup(CONTOSO, name, name, "factory", true));
        }
        pools.refresh(clock.instant());
    }

    @Test
    void whatIsUsedIsWhatTheLedgerSays() {
        ledgers.swap(first.id(), null, new Ledger(clock.instant(), 400));

        var use = forecasts.of(first, 1).use();

        assertThat(use.used()).isEqualTo(400);
        assertThat(use.remaining()).isEqualTo(600);
    }

    @Test
    void theRateIsThatOfAllOwnersAndEachIsNamed() {
        note(CONTOSO, 30);
        note(FABRIKAM, 90);
        clock.advance(Duration.ofHours(1));

        var use = forecasts.of(first, 1).use();

        assertThat(use.rates().getFirst().perHour()).isBetween(110.0, 120.0);
        assertThat(use.owners()).extracting(OwnerUse::owner).containsExactly("fabrikam", "contoso");
        assertThat(use.owners()).extracting(OwnerUse::total).containsExactly(90L, 30L);
    }

    @Test
    void moreDevicesComeAfterTheSlotsThatAreGiven() {
        Instant given = clock.instant().plusSeconds(60);
        ledgers.swap(first.id(), null, new Ledger(given, 0));

        assertThat(forecasts.of(first, 101).intake().lastSlot())
                .isBetween(given.plusSeconds(10), given.plusSeconds(10).plusMillis(1));
    }

    @Test
    void knownDevicesThatWaitTakeSlotsAndNoRoom() {
        queues.swap(QueueKey.ofInstance(first.id()), null, new QueueState(50, 0, clock.instant()));

        var intake = forecasts.of(first, 1_000).intake();

        assertThat(intake.placed()).isEqualTo(1_000);
        assertThat(intake.lastSlot()).isAfter(clock.instant().plusSeconds(104));
    }

    @Test
    void knownDevicesThatAnotherTenantVouchedForTakeSlotsAsWell() {
        var origin = new TenantId("fabrikam");
        queues.swap(QueueKey.ofInstance(first.id(), origin), null, new QueueState(50, 0, clock.instant()));

        assertThat(forecasts.of(first, 1_000).intake().lastSlot())
                .isAfter(clock.instant().plusSeconds(104));
    }

    @Test
    void anInstanceThatIsToBeLeftAloneBeginsLater() {
        health.unavailable(first.id(), clock.instant().plusSeconds(300));

        assertThat(forecasts.of(first, 1).intake().lastSlot())
                .isEqualTo(clock.instant().plusSeconds(300));
    }

    @Test
    void oneThatIsNotActiveTakesNoNewDevices() {
        assertThat(forecasts
                        .of(Instances.inState(first, DpsInstance.State.DRAINING), 10)
                        .intake())
                .isEqualTo(new Intake(10, 0, null));
    }

    @Test
    void aPoolIsItsInstancesTogether() {
        ledgers.swap(first.id(), null, new Ledger(clock.instant(), 400));
        ledgers.swap(second.id(), null, new Ledger(clock.instant(), 100));
        note(CONTOSO, 30);

        var pool = pool(1_000);

        assertThat(pool.use().used()).isEqualTo(500);
        assertThat(pool.use().max()).isEqualTo(1_500);
        assertThat(pool.use().owners()).extracting(OwnerUse::total).containsExactly(30L);
        assertThat(pool.intake().placed()).isEqualTo(1_000);
        assertThat(pool.intake().lastSlot()).isAfter(clock.instant().plusSeconds(59));
    }

    @Test
    void thoseInThePoolsQueueComeFirst() {
        queues.swap(QueueKey.ofPool(CONTOSO, CONTOSO, "factory", null), null, new QueueState(600, 0, clock.instant()));

        var pool = pool(1_000);

        assertThat(pool.waiting()).isEqualTo(600);
        assertThat(pool.intake().placed()).isEqualTo(900);
    }

    @Test
    void anEmptyPoolPlacesNobodyAndSaysWhyItIsEmpty() {
        var pool = forecasts.of(CONTOSO, List.of("unknown"), 10).getFirst();

        assertThat(pool.pool().emptyReason()).contains("trust anchor unknown");
        assertThat(pool.intake().placed()).isZero();
        assertThat(pool.use().rates())
                .allSatisfy(rate -> assertThat(rate.perHour()).isZero());
    }

    @Test
    void forecastingWritesNothing() {
        long writes = store.writes();

        forecasts.of(first, 1);
        pool(1);

        assertThat(store.writes()).isEqualTo(writes);
        assertThat(histories.writes).isZero();
    }

    private PoolForecast pool(long devices) {
        return forecasts.of(CONTOSO, List.of("factory"), devices).getFirst();
    }

    private void note(TenantId owner, int devices) {
        IntStream.range(0, devices).forEach(_ -> meter.note(owner, first.id()));
        meter.writeAll();
    }
}
