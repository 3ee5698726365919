package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aFleetThatBootsAtOnceUsesEverySlotAndAsksOnce() {
        SimulationResult result = Plans.blackout(12_000, 3, 2).run();

        assertThat(result.makespanSeconds()).isLessThan(1.02 * result.idealSeconds());
        assertThat(result.budgetUse()).isGreaterThan(0.97);
        assertThat(result.worstWindow()).isBetween(950, 1_000);
        assertThat(result.throttled()).isZero();
        assertThat(result.callsPerDevice()).isLessThan(2.05);
    }

    @ParameterizedTest
    @EnumSource(Spread.class)
    void aFleetBeyondTheHorizonQueuesAndLosesNoSlot(Spread spread) {
        SimulationResult result = Plans.blackout(12_000, 2, 4)
                .perMinute(240)
                .spread(spread)
                .losing(0.05)
                .run();

        assertThat(result.lost()).isEqualTo(600);
        assertThat(result.makespanSeconds()).isLessThan(1.02 * result.idealSeconds());
        assertThat(result.budgetUse()).isGreaterThan(0.97);
        assertThat(result.jain()).isGreaterThan(0.999);
    }

    @Test
    void aBacklogCostsALedgerOrQueueWriteForFourDevicesAtMost() {
        SimulationResult result = Plans.blackout(20_000, 1, 16).run();

        assertThat(result.storeWritesPerRegistration()).isLessThan(0.25);
    }

    @ParameterizedTest
    @EnumSource(
            value = Shape.class,
            names = {"REASSIGNED", "UPDATE_WAVE"})
    void knownDevicesRegisterAgainWhereTheyAreAndTakeNoCapacity(Shape shape) {
        SimulationResult result = Plans.blackout(6_000, 2, 4)
                .holding(3_200)
                .perMinute(500)
                .shaped(shape)
                .run();

        assertThat(result.throttled()).isZero();
        assertThat(result.deviceWritesPerRegistration()).isGreaterThan(1);
    }

    @Test
    void anInstanceIsFilledToItsLastRegistration() {
        var plan = Plans.blackout(3_000, 3, 5).holding(1_000);
        var simulation = new Simulation(plan.plan());

        simulation.run(() -> 0);

        assertThat(simulation.registeredDevices()).isEqualTo(3_000);
    }

    @Test
    void tenantsThatWaitForTheSameInstancesAreToldSlotsByWeight() {
        SimulationResult result = Plans.blackout(20_000, 2, 4)
                .perMinute(240)
                .sharedBy(new Tenancy(1, 1, null), new Tenancy(1, 3, null))
                .run();

        assertThat(result.jainTenants()).isGreaterThan(0.99);
        assertThat(shareWhileAllWaited(result, 0)).isCloseTo(0.25, within(0.02));
        assertThat(result.makespanSeconds()).isLessThan(1.02 * result.idealSeconds());
    }

    @Test
    void aSmallTenantBesideALargeOneWaitsNoLongerThanItsShareTakes() {
        SimulationResult result = Plans.blackout(20_000, 2, 4)
                .perMinute(240)
                .sharedBy(new Tenancy(99, 1, null), new Tenancy(1, 1, null))
                .run();

        TenantResult small = result.tenants().getLast();
        double share = 2.0 * small.devices() * result.idealSeconds() / 20_000;
        double horizon = Spread.DIRECT.settings().horizon().toSeconds();
        assertThat(small.waitSeconds().max()).isLessThan(horizon + share + 30);
        assertThat(result.tenants().getFirst().waitSeconds().max()).isGreaterThan(0.99 * result.idealSeconds());
    }

    @Test
    void whoMayGoAnywhereLeavesTheInstancesOfAGeographyToThoseWhoHaveToStayThere() {
        SimulationResult result = Plans.blackout(20_000, 2, 4)
                .perMinute(240)
                .sharedBy(new Tenancy(3, 1, null), new Tenancy(1, 1, Geography.EUROPE))
                .run();

        assertThat(result.makespanSeconds()).isLessThan(1.02 * result.idealSeconds());
        assertThat(result.jain()).isGreaterThan(0.999);
    }

    @Test
    void anInstanceThatJoinsIsUsedAtItsFullRateWhileTheOthersTakeTheOverflow() {
        SimulationPlan plan = Plans.blackout(12_000, 2, 4)
                .shaped(Shape.POISSON)
                .over(MINUTE.multipliedBy(4))
                .bearing(new Disturbance.Join(MINUTE))
                .plan();
        var simulation = new Simulation(plan);

        SimulationResult result = simulation.run(() -> 0);

        assertThat(simulation.course().registered(2, 0, 60)).isZero();
        for (int instance = 0; instance < 3; instance++) {
            assertThat(use(simulation, plan, instance, 65, 240)).isGreaterThan(0.97);
        }
        assertThat(result.budgetUse()).isGreaterThan(0.97);
    }

    @Test
    void anInstanceThatDrainsIsGivenNobodyAnyMoreWhileTheOthersTakeAll() {
        SimulationPlan plan = Plans.blackout(9_600, 3, 4)
                .shaped(Shape.POISSON)
                .over(MINUTE.multipliedBy(4))
                .bearing(new Disturbance.Drain(0, MINUTE.multipliedBy(2), MINUTE.multipliedBy(60)))
                .plan();
        var simulation = new Simulation(plan);

        simulation.run(() -> 0);

        assertThat(simulation.course().registered(0, 0, 120)).isGreaterThan(1_000);
        assertThat(simulation.course().registered(0, 125, Integer.MAX_VALUE)).isZero();
        for (int instance = 1; instance < 3; instance++) {
            assertThat(use(simulation, plan, instance, 130, 240)).isGreaterThan(0.97);
        }
        assertThat(simulation.registeredDevices()).isEqualTo(plan.devices());
    }

    @Test
    void anInstanceThatDrainsForAWhileKeepsItsKnownDevices() {
        SimulationPlan plan = Plans.blackout(2_000, 2, 4)
                .shaped(Shape.REASSIGNED)
                .bearing(new Disturbance.Drain(0, Duration.ZERO, MINUTE.multipliedBy(60)))
                .plan();
        var simulation = new Simulation(plan);

        simulation.run(() -> 0);

        assertThat(simulation.course().registered(0, 0, Integer.MAX_VALUE)).isEqualTo(1_000);
    }

    /** Which part of an instance's paced rate it took between two seconds. */
    private static double use(Simulation simulation, SimulationPlan plan, int instance, int from, int to) {
        return simulation.course().registered(instance, from, to)
                / (plan.spacing().perSecond() * (to - from));
    }

    private static double shareWhileAllWaited(SimulationResult result, int tenant) {
        double all = result.tenants().stream()
                .mapToLong(TenantResult::toldWhileAllWaited)
                .sum();
        return result.tenants().get(tenant).toldWhileAllWaited() / all;
    }

    @Test
    void aReplicaThatDiesWastesItsBlockAndNoMore() {
        SimulationResult result = Plans.blackout(10_000, 2, 4)
                .bearing(
                        new Disturbance.Crash(0, MINUTE, MINUTE),
                        new Disturbance.Pause(1, MINUTE.multipliedBy(2), MINUTE),
                        new Disturbance.Partition(2, MINUTE.multipliedBy(3), MINUTE))
                .run();

        assertThat(result.budgetUse()).isGreaterThan(0.97);
    }

    @Test
    void aReplicaWhoseClockIsSetWrongTellsNobodyASlotByIt() {
        var hour = new Disturbance.ClockSet(0, Duration.ofHours(1), MINUTE, MINUTE);
        var seconds = new Disturbance.ClockSet(1, Duration.ofSeconds(-3), MINUTE, MINUTE);
        SimulationResult result = Plans.blackout(10_000, 2, 2)
                .perMinute(600)
                .bearing(hour, seconds)
                .run();

        assertThat(result.worstWindow()).isLessThanOrEqualTo(600);
        assertThat(result.waitSeconds().max()).isGreaterThan(0);
    }

    @Test
    void whereWritesTakeTimeReplicasAndRequestsComeInEachOthersWay() {
        SimulationPlan plan = Plans.blackout(2_000, 2, 16).perMinute(100).plan();
        var quick = new Simulation(plan);
        var slow = new Simulation(plan.bearing(new Hardship(0, 0, 0, 0.3, 0.3, List.of())));

        quick.run(() -> 0);
        slow.run(() -> 0);

        assertThat(quick.storeConflicts()).isZero();
        assertThat(slow.storeConflicts()).isGreaterThan(100);
        assertThat(slow.registeredDevices()).isEqualTo(2_000);
    }

    @Test
    void theSamePlanGivesTheSameEvents() {
        assertThat(digest(RandomWorld.of(7))).isEqualTo(digest(RandomWorld.of(7)));
    }

    @Test
    void anotherSeedGivesOthers() {
        assertThat(digest(RandomWorld.of(7))).isNotEqualTo(digest(RandomWorld.of(8)));
    }

    private static long digest(SimulationPlan plan) {
        var simulation = new Simulation(plan);
        simulation.run(() -> 0);
        return simulation.digest();
    }
}
