package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduling.Instances;
import dev.berth.scheduling.SchedulingSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seed in a test's name replays it. */
class FleetSimulationTest {
    private static final int DEVICES = 6_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aFleetThatBootsAtOnceUsesEverySlotAndPassesNoLimit(long seed) {
        var fleet = new FleetSimulation(
                random(seed), 2, Instances.many(3, Instances.perMinute(1_000)), SchedulingSettings.DEFAULT, 0);

        fleet.run(DEVICES, Duration.ofSeconds(5));

        assertThat(fleet.slots).hasSize(DEVICES);
        assertThat(fleet.windowsOverLimit()).isZero();
        assertThat(fleet.makespanOverIdeal(DEVICES)).isLessThan(1.02);
        assertThat(fleet.asks).isEqualTo(DEVICES);
        assertThat(fleet.store.writes()).isLessThan(DEVICES + DEVICES / 7);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aFleetBeyondTheHorizonQueuesAndLosesNoSlot(long seed) {
        var fleet = new FleetSimulation(
                random(seed), 3, Instances.many(2, Instances.perMinute(120)), SchedulingSettings.DEFAULT, 0);

        fleet.run(DEVICES, Duration.ofSeconds(20));

        assertThat(fleet.slots).hasSize(DEVICES);
        assertThat(fleet.windowsOverLimit()).isZero();
        assertThat(fleet.makespanOverIdeal(DEVICES)).isLessThan(1.02);
        assertThat(fleet.asks).isLessThan(3 * DEVICES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void devicesThatNeverComeBackForTheirTurnHoldNobodyUp(long seed) {
        var fleet = new FleetSimulation(
                random(seed), 3, Instances.many(2, Instances.perMinute(120)), SchedulingSettings.DEFAULT, 0.5);

        fleet.run(DEVICES, Duration.ofSeconds(20));

        int served = fleet.slots.size();
        assertThat(served).isLessThan(DEVICES);
        assertThat(fleet.windowsOverLimit()).isZero();
        assertThat(fleet.makespanOverIdeal(served)).isLessThan(1.05);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
