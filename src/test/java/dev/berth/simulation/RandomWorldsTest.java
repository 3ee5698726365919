package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every promise at every event, in as many worlds as {@code -Ddev.berth.simulation.worlds} says. The seed in a test's name replays it. */
class RandomWorldsTest {
    private static final long WORLDS = Long.getLong("dev.berth.simulation.worlds", 500);
    private static final long FIRST = Long.getLong("dev.berth.simulation.seed", 1);

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + WORLDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsEveryPromiseAndServesEveryDevice(long seed) {
        SimulationPlan plan = RandomWorld.of(seed);
        var simulation = new Simulation(plan);

        SimulationResult result = simulation.run(() -> 0);

        assertThat(simulation.registeredDevices() + result.lost())
                .as("served in %s", plan)
                .isEqualTo(plan.devices());
        assertThat(result.throttled()).isZero();
        if (plan.hardship().equals(Hardship.NONE) && plan.shape().atOnce()) {
            assertThat(result.makespanSeconds())
                    .as("makespan in %s", plan)
                    .isLessThan(1.02 * result.idealSeconds() + secondsAtTheEnd(plan));
        }
    }

    /** The last slots of each replica's block may find no device any more, and the last device asks a while after the first. */
    private static double secondsAtTheEnd(SimulationPlan plan) {
        int held = plan.replicas() * plan.spread().settings().blockSlotsMax();
        return (plan.overNanos() + held * plan.spacing().interval().toNanos()) / 1e9 + 30;
    }
}
