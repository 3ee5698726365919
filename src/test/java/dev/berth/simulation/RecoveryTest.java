package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Something befalls one of four replicas. Two lease intervals later the rate of the instance is in use again, and stays so, whether the replica
 * comes back or not. In a lease interval each replica leases half a block; in two of them, all slots are past that the replicas held together.
 */
class RecoveryTest {
    private static final int REPLICAS = 4;
    private static final int MINUTE_SECONDS = 60;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FAILURE = Duration.ofMinutes(2);

    static Stream<Named<Disturbance>> failures() {
        return Stream.of(
                Named.of("killed, and not replaced", new Disturbance.Crash(0, FAILURE, Duration.ofHours(1))),
                Named.of("killed, and replaced", new Disturbance.Crash(0, FAILURE, Duration.ofSeconds(20))),
                Named.of("paused for a minute", new Disturbance.Pause(0, FAILURE, MINUTE)),
                Named.of("cut off from the store", new Disturbance.Partition(0, FAILURE, MINUTE)),
                Named.of("its clock an hour ahead", clockSet(Duration.ofHours(1))),
                Named.of("its clock seconds behind", clockSet(Duration.ofSeconds(-3))));
    }

    /** Devices come one by one, a tenth more than the instance takes. */
    @ParameterizedTest
    @MethodSource("failures")
    void whereDevicesComeOneByOneTheRateIsInUseAgainWithinTwoLeaseIntervals(Disturbance failure) {
        Duration over = MINUTE.multipliedBy(6);
        SimulationPlan plan = Plans.blackout(6_460, 1, REPLICAS)
                .shaped(Shape.POISSON)
                .over(over)
                .bearing(failure)
                .plan();

        usesTheRateBetween(plan, FAILURE.plus(twoLeaseIntervals(plan)), over);
    }

    /** All come at once; so what a replica does shows at the end of the horizon. */
    @ParameterizedTest
    @MethodSource("failures")
    void whereDevicesQueueNoSlotBeyondWhatWasHeldIsLost(Disturbance failure) {
        SimulationPlan plan =
                Plans.blackout(14_000, 1, REPLICAS).bearing(failure).plan();
        Duration horizon = plan.spread().settings().horizon();

        usesTheRateBetween(plan, FAILURE.plus(horizon).plus(twoLeaseIntervals(plan)), plan.ideal());
    }

    /** In every minute, by what DPS sees. */
    private static void usesTheRateBetween(SimulationPlan plan, Duration from, Duration to) {
        var simulation = new Simulation(plan);
        SimulationResult result = simulation.run(() -> 0);

        double paced = plan.spacing().perSecond() * MINUTE_SECONDS;
        int first = Math.toIntExact(from.plus(plan.spread().arrivalSpread()).toSeconds() + 1);
        int last = Math.toIntExact(to.toSeconds()) - MINUTE_SECONDS;
        assertThat(last).isGreaterThan(first);
        for (int second = first; second <= last; second++) {
            assertThat(simulation.course().registered(0, second, second + MINUTE_SECONDS) / paced)
                    .as("the minute from second %d on", second)
                    .isGreaterThan(0.97);
        }
        assertThat(result.worstWindow()).isLessThanOrEqualTo(plan.limitPerMinute());
    }

    private static Duration twoLeaseIntervals(SimulationPlan plan) {
        int held = REPLICAS * plan.spread().settings().blockSlotsMax();
        return plan.spacing().interval().multipliedBy(held);
    }

    private static Disturbance clockSet(Duration ahead) {
        return new Disturbance.ClockSet(0, ahead, FAILURE, MINUTE);
    }
}
