package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.Limits;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private final Arrivals arrivals = new Arrivals();

    @Test
    void aLatenessIsFoundAgainToWithinAStep() {
        IntStream.rangeClosed(1, 1_000).forEach(i -> arrivals.saw(Duration.ofMillis(i)));
        assertThat(arrivals.seen().quantile(0.5).orElseThrow())
                .isBetween(Duration.ofMillis(500), Duration.ofMillis(500 + Lateness.STEP_MILLIS));
        assertThat(arrivals.seen().quantile(0.999).orElseThrow())
                .isBetween(Duration.ofMillis(999), Duration.ofMillis(999 + Lateness.STEP_MILLIS));
    }

    @Test
    void nothingIsSaidOfNothing() {
        assertThat(arrivals.seen().quantile(0.5)).isEmpty();
        assertThat(arrivals.proposedSpread(Limits.DPS, SETTINGS)).isEmpty();
    }

    @Test
    void whatCannotComeFromASlotIsLeftOut() {
        arrivals.saw(Lateness.MOST);
        arrivals.saw(Lateness.LEAST.minusMillis(1));
        arrivals.saw(Duration.ofDays(-20_000));
        arrivals.saw(Duration.ofDays(20_000));
        assertThat(arrivals.seen().count()).isZero();
        arrivals.saw(Lateness.LEAST);
        arrivals.saw(Lateness.MOST.minusMillis(1));
        assertThat(arrivals.seen().count()).isEqualTo(2);
    }

    @Test
    void aFleetThatComesLaterThanTheSpreadAllowsNeedsALargerOne() {
        seen(1_000, 0, 4_000);
        assertThat(arrivals.proposedSpread(Limits.DPS, SETTINGS).orElseThrow())
                .isBetween(Duration.ofMillis(4_400), Duration.ofMillis(4_600));
    }

    @Test
    void fewObservationsSayNothing() {
        seen(Arrivals.OBSERVATIONS_MIN - 1, 0, 4_000);
        assertThat(arrivals.proposedSpread(Limits.DPS, SETTINGS)).isEmpty();
    }

    @Test
    void oneInTenThousandIsNotWorthTheRate() {
        seen(10_000, 0, 900);
        arrivals.saw(Duration.ofSeconds(50));
        assertThat(arrivals.proposedSpread(Limits.DPS, SETTINGS)).isEmpty();
    }

    @Test
    void aClockOfDpsThatIsOffChangesNothing() {
        seen(1_000, -3_000, -2_000);
        assertThat(arrivals.proposedSpread(Limits.DPS, SETTINGS)).isEmpty();
        var wide = limits(Duration.ofSeconds(5));
        assertThat(arrivals.proposedSpread(wide, SETTINGS)).contains(SETTINGS.arrivalSpreadMin());
    }

    @Test
    void reportsMayLowerTheSpreadAndNeverRaiseIt() {
        IntStream.range(0, 2_000).forEach(i -> arrivals.wasReported(Duration.ofMillis(3_000 + i % 100)));
        assertThat(arrivals.proposedSpread(Limits.DPS, SETTINGS)).isEmpty();
        assertThat(arrivals.proposedSpread(limits(Duration.ofSeconds(10)), SETTINGS)
                        .orElseThrow())
                .isBetween(Duration.ofMillis(3_400), Duration.ofMillis(3_500));
    }

    @Test
    void aProposalIsAlwaysOneThatTheInventoryTakes() {
        seen(1_000, 0, 59_000);
        assertThat(arrivals.proposedSpread(Limits.DPS, SETTINGS)).contains(Limits.ARRIVAL_SPREAD_MAX);
    }

    private void seen(int count, int fromMillis, int toMillis) {
        IntStream.range(0, count)
                .forEach(i -> arrivals.saw(Duration.ofMillis(fromMillis + (long) (toMillis - fromMillis) * i / count)));
    }

    private static Limits limits(Duration spread) {
        return new Limits(1_000, 1_000, 1_000_000, 0, spread);
    }
}
