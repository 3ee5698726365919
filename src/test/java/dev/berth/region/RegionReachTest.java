package dev.berth.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.scheduling.VirtualClock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RegionReachTest {
    private static final RegionId EAST = new RegionId("eastus");
    private static final RegionId WEST = new RegionId("westeurope");
    private static final Duration AWAY_AFTER = Duration.ofSeconds(30);

    private final VirtualClock clock = new VirtualClock();
    private final RegionReach reach = new RegionReach(Set.of(EAST, WEST), AWAY_AFTER, clock);

    @Test
    void aRegionThatFailsForAMomentIsAskedOn() {
        fail(EAST);
        clock.advance(AWAY_AFTER.minusMillis(1));
        assertThat(reach.isReachable(EAST)).isTrue();
    }

    @Test
    void aRegionThatFailedLongEnoughIsAway() {
        fail(EAST);
        clock.advance(AWAY_AFTER);
        assertThat(reach.isReachable(EAST)).isFalse();
        assertThat(reach.isReachable(WEST)).isTrue();
    }

    @Test
    void oneAnswerInBetweenBeginsTheCountAnew() {
        fail(EAST);
        clock.advance(AWAY_AFTER.minusMillis(1));
        answer(EAST);
        fail(EAST);
        clock.advance(AWAY_AFTER.minusMillis(1));
        assertThat(reach.isReachable(EAST)).isTrue();
    }

    @Test
    void oneCallerInAWhileLooksWhetherItIsBack() {
        fail(EAST);
        clock.advance(AWAY_AFTER.plus(RegionReach.LOOK_AGAIN));
        assertThat(reach.isReachable(EAST)).isTrue();
        assertThat(reach.isReachable(EAST)).isFalse();
        fail(EAST);
        assertThat(reach.isReachable(EAST)).isFalse();
        clock.advance(RegionReach.LOOK_AGAIN);
        assertThat(reach.isReachable(EAST)).isTrue();
        answer(EAST);
        assertThat(reach.isReachable(EAST)).isTrue();
        assertThat(reach.isReachable(EAST)).isTrue();
    }

    @Test
    void whereThereIsNoWayThereIsNobody() {
        var alone = new RegionReach(Set.of(EAST), AWAY_AFTER, clock);
        assertThat(alone.isReachable(EAST)).isTrue();
        assertThat(alone.isReachable(WEST)).isFalse();
    }

    @Test
    void aRegionIsNotAwayAtOnce() {
        assertThatThrownBy(() -> new RegionReach(Set.of(EAST), Duration.ZERO, clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void answer(RegionId region) {
        assertThat(reach.ask(region, () -> "answer")).isEqualTo("answer");
    }

    private void fail(RegionId region) {
        Supplier<String> failure = () -> {
            throw new RepositoryUnavailableException("away", false, Duration.ofSeconds(1), null);
        };
        assertThatThrownBy(() -> reach.ask(region, failure)).isInstanceOf(RepositoryUnavailableException.class);
    }
}
