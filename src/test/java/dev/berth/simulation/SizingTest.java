package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SizingTest {
    private static final SimulationPlan MILLION = SimulationPlan.of(1_000_000, 1, 1, Shape.BLACKOUT, 1);

    @Test
    void asManyInstancesAsTheTimeNeeds() {
        assertThat(Sizing.instancesFor(MILLION, Duration.ofHours(1))).isEqualTo(18);
        assertThat(Sizing.sentence(MILLION, Duration.ofHours(1))).contains("18 instances", "2 subscriptions");
    }

    @Test
    void asManyAsHoldTheFleetHoweverLongItMayTake() {
        SimulationPlan threeMillion = SimulationPlan.of(3_000_000, 1, 1, Shape.BLACKOUT, 1);

        assertThat(Sizing.instancesFor(threeMillion, Duration.ofDays(30))).isEqualTo(3);
    }

    @Test
    void saysSoWhenNoNumberOfInstancesIsEnough() {
        assertThatThrownBy(() -> Sizing.instancesFor(MILLION, Duration.ofMillis(10)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sizing.instancesFor(MILLION, Duration.ofSeconds(5)))
                .hasMessageContaining("1,000,000 devices");
    }
}
