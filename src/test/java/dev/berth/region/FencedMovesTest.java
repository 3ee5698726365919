package dev.berth.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.inventory.Catalogs;
import dev.berth.inventory.Change;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EndpointPolicy;
import dev.berth.inventory.InstancePolicy;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Pools;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Tenant;
import dev.berth.inventory.Versioned;
import dev.berth.scheduling.AdmissionDecision;
import dev.berth.scheduling.AdmissionRequest;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.SlotSpacing;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.RegionalLedgerDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator moves an instance from one region to the other while devices ask in both. */
class FencedMovesTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final RegionId EAST = new RegionId("eastus");
    private static final RegionId WEST = new RegionId("westeurope");
    private static final Duration BETWEEN_ASKS = Duration.ofMillis(50);
    private static final Ledger LEFT = new Ledger(VirtualClock.START, 7, 2, 1);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Catalogs catalogs = InventoryDocuments.over(store);
    private final Inventory inventory = new Inventory(
            catalogs,
            new Pools(catalogs),
            new InstancePolicy(
                    new EndpointPolicy(List.of(".example"), false), Duration.ZERO, Set.of("eastus", "westeurope")),
            _ -> false,
            clock,
            new Random(1));
    private final DpsInstance instance = instance();
    private final RegionalLedgerDocuments eastLedgers =
            new RegionalLedgerDocuments(store, EAST, _ -> Optional.of(seenInEast()));
    private final RegionalLedgerDocuments westLedgers =
            new RegionalLedgerDocuments(store, WEST, _ -> Optional.of(home()));
    private final Scheduler east = scheduler(eastLedgers, EAST);
    private final Scheduler west = scheduler(westLedgers, WEST);
    private RegionId seenInEast = EAST;

    @BeforeEach
    void atHomeInTheEast() {
        catalogs.tenants().insert(new Tenant(Instances.TENANT, "Contoso", null));
        catalogs.dpsInstances().insert(instance);
    }

    /** The old region hears of it as late as it may, and gives slots a whole horizon ahead until then. */
    @Test
    void noTwoSlotsOfOldAndNewRegionAreCloserThanTwoOfOne() {
        eastLedgers.begin(instance.id(), new Ledger(clock.instant().plus(SETTINGS.horizon()), 0));
        var inEast = new ArrayList<Instant>();
        var inWest = new ArrayList<Instant>();
        assertThat(moveTo(westLedgers, WEST)).isInstanceOf(Change.Done.class);
        Instant moved = clock.instant();

        while (clock.instant().isBefore(moved.plus(SETTINGS.horizon()).plusSeconds(120))) {
            ask(east, inEast);
            ask(west, inWest);
            clock.advance(BETWEEN_ASKS);
            if (!clock.instant().isBefore(moved.plus(FencedMoves.NOTICE_MAX))) {
                seenInEast = WEST;
            }
        }

        assertThat(inEast).hasSizeGreaterThan(500);
        assertThat(inWest).hasSizeGreaterThan(500);
        assertThat(inEast.getLast().plus(SETTINGS.registerWithin())).isBefore(inWest.getFirst());
        assertThat(closest(inEast, inWest))
                .isGreaterThanOrEqualTo(SlotSpacing.of(instance.limits()).interval());
    }

    @Test
    void capacityGoesAlongAndWhatIsHeldOfItIsOfAnOlderEpoch() {
        eastLedgers.begin(instance.id(), LEFT);
        moveTo(westLedgers, WEST);
        var begun = westLedgers.find(instance.id()).orElseThrow().value();
        assertThat(begun.committed()).isEqualTo(7);
        assertThat(begun.epoch()).isEqualTo(3);
        assertThat(begun.settledEpoch()).isEqualTo(1);
        assertThat(begun.slotsGivenUntil())
                .isEqualTo(clock.instant()
                        .plus(SETTINGS.horizon())
                        .plus(SETTINGS.registerWithin())
                        .plus(FencedMoves.NOTICE_MAX));
    }

    @Test
    void whatTheOldRegionHandsBackChangesNothing() {
        ask(east, new ArrayList<>());
        ask(east, new ArrayList<>());
        moveTo(westLedgers, WEST);
        seenInEast = WEST;
        var begun = westLedgers.find(instance.id()).orElseThrow();

        assertThatCode(east::release).doesNotThrowAnyException();

        assertThat(westLedgers.find(instance.id())).contains(begun);
    }

    @Test
    void onlyAReplicaOfTheNewRegionMovesIt() {
        assertThat(moveTo(eastLedgers, EAST, WEST))
                .isInstanceOfSatisfying(
                        Change.Refused.class,
                        refused -> assertThat(refused.detail()).contains("ask a replica in westeurope"));
        assertThat(home()).isEqualTo(EAST);
    }

    @Test
    void whatIsAtHomeHereStaysAsItIs() {
        eastLedgers.begin(instance.id(), LEFT);
        assertThat(moveTo(eastLedgers, EAST)).isInstanceOf(Change.Refused.class);
        assertThat(eastLedgers.find(instance.id()).orElseThrow().value()).isEqualTo(LEFT);
    }

    @Test
    void aVersionThatIsNotTheNewestMovesNothing() {
        var old = found();
        catalogs.dpsInstances().replace(instance, old.version());
        assertThat(moves(westLedgers, WEST).move(old.value(), old.version(), WEST))
                .isInstanceOf(Change.Stale.class);
        assertThat(home()).isEqualTo(EAST);
    }

    @Test
    void aMoveThatDiedHalfwayIsAskedForAgain() {
        eastLedgers.begin(instance.id(), LEFT);
        var first = new AtomicBoolean(true);
        store.before((operation, collection, _) -> {
            if (operation == Operation.REPLACE
                    && collection.equals(InventoryDocuments.COLLECTION)
                    && first.getAndSet(false)) {
                throw new StoreUnavailableException("away", false, Duration.ofSeconds(1), null);
            }
        });
        assertThatThrownBy(() -> moveTo(westLedgers, WEST)).isInstanceOf(RepositoryUnavailableException.class);
        assertThat(home()).isEqualTo(EAST);
        assertThat(eastLedgers.find(instance.id()).orElseThrow().value()).isEqualTo(LEFT);

        assertThat(moveTo(westLedgers, WEST)).isInstanceOf(Change.Done.class);
        assertThat(westLedgers.find(instance.id()).orElseThrow().value().committed())
                .isEqualTo(7);
    }

    @Test
    void whoMovesBackBeginsAfterAllThatIsOutThen() {
        moveTo(westLedgers, WEST);
        seenInEast = WEST;
        clock.advance(Duration.ofHours(1));
        ask(west, new ArrayList<>());
        assertThat(moveTo(eastLedgers, EAST)).isInstanceOf(Change.Done.class);
        seenInEast = EAST;
        var begun = eastLedgers.find(instance.id()).orElseThrow().value();
        assertThat(begun.slotsGivenUntil()).isAfter(clock.instant().plus(SETTINGS.horizon()));
        assertThat(begun.committed()).isPositive();
        assertThat(begun.epoch()).isEqualTo(2);
    }

    @Test
    void anInstanceOfOneRegionKeepsItsLedgerWhenItIsGivenAHome() {
        new dev.berth.store.documents.LedgerDocuments(store).swap(instance.id(), null, LEFT);
        assertThat(eastLedgers.find(instance.id()).orElseThrow().value()).isEqualTo(LEFT);
        moveTo(westLedgers, WEST);
        assertThat(westLedgers.find(instance.id()).orElseThrow().value().committed())
                .isEqualTo(7);
    }

    @Test
    void aMereReplacementMovesNothing() {
        var elsewhere = at(instance, "westeurope");
        assertThat(inventory.dpsInstances().replace(elsewhere, found().version()))
                .isInstanceOfSatisfying(
                        Change.Refused.class,
                        refused -> assertThat(refused.detail()).contains("moving"));
        assertThat(home()).isEqualTo(EAST);
    }

    private void ask(Scheduler scheduler, List<Instant> slots) {
        var request = new AdmissionRequest(QueueKey.ofInstance(instance.id()), List.of(instance), true, null);
        if (scheduler.admit(request) instanceof AdmissionDecision.Admitted admitted) {
            slots.add(admitted.reservation().slot());
        }
    }

    private static Duration closest(List<Instant> some, List<Instant> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        all.sort(null);
        var closest = Duration.ofDays(1);
        for (int i = 1; i < all.size(); i++) {
            var distance = Duration.between(all.get(i - 1), all.get(i));
            closest = distance.compareTo(closest) < 0 ? distance : closest;
        }
        return closest;
    }

    private Change<DpsInstance> moveTo(RegionalLedgerDocuments ledgers, RegionId region) {
        return moveTo(ledgers, region, region);
    }

    private Change<DpsInstance> moveTo(RegionalLedgerDocuments ledgers, RegionId local, RegionId to) {
        var found = found();
        return moves(ledgers, local).move(found.value(), found.version(), to);
    }

    private FencedMoves moves(RegionalLedgerDocuments ledgers, RegionId local) {
        return new FencedMoves(local, ledgers, inventory, SETTINGS, clock);
    }

    private Scheduler scheduler(RegionalLedgerDocuments ledgers, RegionId region) {
        return new Scheduler(
                ledgers,
                new QueueDocuments(store, region),
                new InstanceHealth(),
                SETTINGS,
                clock,
                Runnable::run,
                SchedulingEvents.NONE);
    }

    private Versioned<DpsInstance> found() {
        return catalogs.dpsInstances()
                .find(instance.id().tenant(), instance.id().name())
                .orElseThrow();
    }

    private RegionId home() {
        return new RegionId(Objects.requireNonNull(found().value().homeRegion()));
    }

    private RegionId seenInEast() {
        return seenInEast;
    }

    private static DpsInstance instance() {
        return at(Instances.named("dps-1", Instances.perMinute(1_000)), "eastus");
    }

    private static DpsInstance at(DpsInstance instance, String region) {
        return new DpsInstance(
                new DpsInstanceId(Instances.TENANT, "dps-1"),
                instance.idScope(),
                instance.globalEndpoint(),
                instance.serviceEndpoint(),
                null,
                null,
                region,
                instance.limits(),
                1,
                DpsInstance.State.ACTIVE);
    }
}
