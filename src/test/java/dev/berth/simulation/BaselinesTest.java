package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The other ways are simulated well enough to fail where they do in the field. */
class BaselinesTest {
    @ParameterizedTest
    @EnumSource(value = PolicyName.class, names = "BERTH", mode = EnumSource.Mode.EXCLUDE)
    void othersAreThrottledAndTakeLonger(PolicyName policy) {
        SimulationPlan plan = Plans.blackout(12_000, 2, 2).plan().by(policy);
        var simulation = new Simulation(plan);

        SimulationResult result = simulation.run(() -> 0);

        assertThat(simulation.registeredDevices()).isEqualTo(plan.devices());
        assertThat(result.throttled()).isPositive();
        assertThat(result.worstWindow()).isGreaterThan(plan.limitPerMinute());
        assertThat(result.makespanSeconds()).isGreaterThan(1.02 * result.idealSeconds());
    }
}
