package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several queues at the same instances. The horizon holds 1,170 slots of an instance with 120 a minute; the queue begins beyond. */
class SharedInstanceTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final Duration RUSH = Duration.ofSeconds(20);
    private static final Duration HORIZON = SETTINGS.horizon();
    private static final TenantId FABRIKAM = new TenantId("fabrikam");
    private static final QueueKey LINE_A = pool(Instances.TENANT, "line-a");
    private static final QueueKey LINE_B = pool(Instances.TENANT, "line-b");
    private static final QueueKey FABRIKAMS = pool(FABRIKAM, "fabrikam-factory");

    private final DpsInstance instance = Instances.named("dps-1", Instances.perMinute(120));
    private final DpsInstance other = Instances.named("dps-2", Instances.perMinute(120));
    private final double perSecond = SlotSpacing.of(instance.limits()).perSecond();
    private final List<DpsInstance> shared = List.of(instance);
    private final QueueKey known = QueueKey.ofInstance(instance.id());
    private final QueueKey jobs = QueueKey.ofJobs(instance.id(), Instances.TENANT);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void twoPoolsThatShareAnInstanceGetItsRateByWeight(long seed) {
        var weights = ShareWeights.DEFAULT.withPools(Map.of("contoso/line-a", 3));
        var fleet = new SharedFleet(3, SETTINGS.withShares(weights), seed)
                .boot(4_000, LINE_A, shared, Duration.ZERO, RUSH)
                .boot(4_000, LINE_B, shared, Duration.ZERO, RUSH)
                .run();
        Duration end = HORIZON.plusSeconds(1_200);
        assertThat(fleet.share(LINE_A, HORIZON.plusSeconds(60), end)).isCloseTo(0.75, within(0.03));
        assertThat(fleet.makespanOverIdeal(perSecond)).isLessThan(1.02);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void eachClassHasItsFloorAndTheRestIsByWeight(long seed) {
        var fleet = new SharedFleet(3, SETTINGS, seed)
                .boot(4_000, LINE_A, shared, Duration.ZERO, RUSH)
                .boot(4_000, known, shared, Duration.ZERO, RUSH)
                .boot(4_000, jobs, shared, Duration.ZERO, RUSH)
                .run();
        Duration from = HORIZON.plusSeconds(60);
        Duration to = HORIZON.plusSeconds(1_800);
        assertThat(fleet.share(LINE_A, from, to)).isCloseTo(0.6, within(0.03));
        assertThat(fleet.share(known, from, to)).isCloseTo(0.3, within(0.03));
        assertThat(fleet.share(jobs, from, to)).isCloseTo(0.1, within(0.03));
        assertThat(fleet.makespanOverIdeal(perSecond)).isLessThan(1.02);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aClassWithoutBacklogLeavesItsShare(long seed) {
        var fleet = new SharedFleet(3, SETTINGS, seed)
                .boot(4_000, known, shared, Duration.ZERO, RUSH)
                .run();
        assertThat(fleet.makespanOverIdeal(perSecond)).isLessThan(1.02);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aTenantGetsNoMoreForHavingManyPools(long seed) {
        var fleet = new SharedFleet(3, SETTINGS, seed)
                .boot(4_000, LINE_A, shared, Duration.ZERO, RUSH)
                .boot(4_000, LINE_B, shared, Duration.ZERO, RUSH)
                .boot(4_000, FABRIKAMS, shared, Duration.ZERO, RUSH)
                .run();
        Duration to = HORIZON.plusSeconds(1_800);
        assertThat(fleet.share(FABRIKAMS, HORIZON.plusSeconds(60), to)).isCloseTo(0.5, within(0.03));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aSmallTenantBesideTwentyThousandDevicesWaitsNoLongerThanItsShareTakes(long seed) {
        var fleet = new SharedFleet(3, SETTINGS, seed)
                .boot(20_000, LINE_A, shared, Duration.ZERO, RUSH)
                .boot(100, FABRIKAMS, shared, Duration.ofMinutes(20), RUSH)
                .run();
        Duration share = Duration.ofMillis((long) (1_000 * 100 / (perSecond / 2)));
        assertThat(fleet.longestWait(FABRIKAMS)).isLessThan(share.plusSeconds(20));
    }

    @Test
    void aSmallTenantBesideAMillionDevicesWaitsNoLongerThanItsShareTakes() {
        var fleet = new SharedFleet(3, SETTINGS, 1);
        fleet.queues.swap(LINE_A, null, new QueueState(1_000_000, 0, VirtualClock.START, Set.of("dps-1")));
        fleet.boot(100, FABRIKAMS, shared, Duration.ZERO, RUSH).run();
        Duration share = Duration.ofMillis((long) (1_000 * 100 / (perSecond / 2)));
        assertThat(fleet.longestWait(FABRIKAMS)).isLessThan(share.plusSeconds(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aPoolThatCanGoElsewhereLeavesTheSharedInstanceToTheOther(long seed) {
        var both = List.of(instance, other);
        var fleet = new SharedFleet(3, SETTINGS, seed)
                .boot(6_000, LINE_A, both, Duration.ZERO, RUSH)
                .boot(2_000, LINE_B, shared, Duration.ZERO, RUSH)
                .run();
        assertThat(fleet.makespanOverIdeal(2 * perSecond)).isLessThan(1.03);
        assertThat(fleet.share(LINE_B, HORIZON.plusSeconds(60), HORIZON.plusSeconds(900)))
                .isCloseTo(0.25, within(0.03));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void nobodyStarvesAtAnInstanceThatTakesTwoInAMinute(long seed) {
        var slow = List.of(Instances.named("dps-1", Instances.perMinute(2)));
        var fleet = new SharedFleet(3, SETTINGS, seed)
                .boot(300, LINE_A, slow, Duration.ZERO, RUSH)
                .boot(20, jobs, slow, Duration.ZERO, RUSH)
                .runUntil(Duration.ofHours(4));
        assertThat(fleet.of(jobs)).hasSizeGreaterThan(15);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aQueueWhoseDevicesNeverReturnCostsNoSlot(long seed) {
        var fleet = new SharedFleet(3, SETTINGS, seed);
        fleet.queues.swap(LINE_B, null, new QueueState(1_000_000, 0, VirtualClock.START, Set.of("dps-1")));
        fleet.boot(4_000, LINE_A, shared, Duration.ZERO, RUSH).run();
        assertThat(fleet.makespanOverIdeal(perSecond)).isLessThan(1.04);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void nobodyIsOvertakenByMoreThanAllReplicasHold(long seed) {
        var fleet = new SharedFleet(16, SETTINGS, seed)
                .boot(6_000, LINE_A, List.of(Instances.named("dps-1", Instances.perMinute(1_000))), Duration.ZERO, RUSH)
                .run();
        assertThat(fleet.mostOvertakers()).isPositive().isLessThanOrEqualTo(16 * SETTINGS.blockSlotsMax());
    }

    /** From who was overtaken to who overtook: one that comes to a replica which chance has left alone gains more than anybody loses. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whoIsBoundAtOnceKeepsTheOrderOfArrivalToWithinTwiceTheBlocksOfAllReplicas(long seed) {
        var limits = Instances.perMinute(1_000);
        var fleet = new SharedFleet(16, SETTINGS, seed)
                .boot(6_000, LINE_A, List.of(Instances.named("dps-1", limits)), Duration.ZERO, RUSH)
                .run();
        Duration bound = SlotSpacing.of(limits).interval().multipliedBy(2L * 16 * SETTINGS.blockSlotsMax());
        assertThat(fleet.worstOvertaking()).isPositive().isLessThanOrEqualTo(bound);
    }

    /** With 500 asks a second, each of 16 replicas leases runs of about 32 tickets. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whoQueuesKeepsTheOrderOfArrivalToWithinTwiceTheBlocksAndRunsOfAllReplicas(long seed) {
        var limits = Instances.perMinute(1_000);
        var fleet = new SharedFleet(16, SETTINGS.withHorizon(Duration.ofMinutes(1)), seed)
                .boot(10_000, LINE_A, List.of(Instances.named("dps-1", limits)), Duration.ZERO, RUSH)
                .run();
        Duration bound = SlotSpacing.of(limits).interval().multipliedBy(2L * 16 * (SETTINGS.blockSlotsMax() + 32));
        assertThat(fleet.worstOvertaking()).isLessThanOrEqualTo(bound);
    }

    /** Nobody asks but one device, which sleeps as long as it was told; the holders of the tickets before it never come. */
    @Test
    void aQueueForTheLastRegistrationMovesEverySecondWhoeverIsAwake() {
        var nearlyFull = List.of(Instances.named("dps-1", Instances.limits(120, 1_000)));
        var fleet = new SharedFleet(3, SETTINGS, 1);
        fleet.ledgers.swap(instance.id(), null, new Ledger(VirtualClock.START, 999));
        fleet.queues.swap(LINE_A, null, new QueueState(300, 0, VirtualClock.START, Set.of("dps-1")));
        for (int second = 0; second < 600; second++) {
            fleet.at(VirtualClock.START.plusSeconds(second), () -> {}); // time passes, and replicas tidy up
        }
        fleet.boot(1, LINE_A, nearlyFull, Duration.ZERO, Duration.ofMillis(1)).run();
        assertThat(fleet.longestWait(LINE_A)).isLessThan(Duration.ofMinutes(6));
    }

    @Test
    void newDevicesThatWaitForAFullInstanceTakeNothingFromItsKnownOnes() {
        var full = List.of(Instances.named("dps-1", Instances.limits(120, 1)));
        var fleet = new SharedFleet(3, SETTINGS, 1);
        fleet.ledgers.swap(instance.id(), null, new Ledger(VirtualClock.START, 1));
        fleet.queues.swap(LINE_A, null, new QueueState(1_000_000, 0, VirtualClock.START, Set.of("dps-1")));
        fleet.boot(4_000, known, full, Duration.ZERO, RUSH).run();
        assertThat(fleet.told).hasSize(4_000);
        assertThat(fleet.makespanOverIdeal(perSecond)).isLessThan(1.02);
    }

    @Test
    void aNewcomerOfOneQueueDoesNotOvertakeThoseWhoWaitInAnother() {
        var fleet = new SharedFleet(2, SETTINGS, 1).boot(2_000, LINE_A, shared, Duration.ZERO, RUSH);
        fleet.runUntil(Duration.ofMinutes(2));
        int told = fleet.told.size();
        fleet.boot(500, FABRIKAMS, shared, Duration.ofMinutes(2), Duration.ofMillis(1));
        fleet.runUntil(Duration.ofSeconds(121));
        assertThat(fleet.told.size() - told).isLessThan(10);
    }

    @Test
    void whatADeviceWasToldComesTrueWhileOnlyOthersAreAwake() {
        var fleet = new SharedFleet(1, SETTINGS, 1)
                .boot(6_000, LINE_A, shared, Duration.ZERO, RUSH)
                .boot(1, jobs, shared, Duration.ofMinutes(5), RUSH)
                .run();
        assertThat(fleet.longestWait(jobs)).isLessThan(Duration.ofSeconds(20));
    }

    private static QueueKey pool(TenantId origin, String trustAnchor) {
        return QueueKey.ofPool(Instances.TENANT, origin, trustAnchor, null);
    }
}
