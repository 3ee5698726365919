package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final Duration BOUND = SETTINGS.clockOffsetMax();

    private final VirtualClock truth = new VirtualClock();
    private final MachineClock machine = new MachineClock(truth);
    private final ClockOffset offset = new ClockOffset(this::look, SETTINGS, machine);
    private Duration wayThere = Duration.ofMillis(5);
    private Duration wayBack = Duration.ofMillis(5);
    private Duration precision = Duration.ZERO;
    private boolean away;

    @Test
    void twoReplicasAtOppositeEndsOfTheBoundAreNoFurtherApartThanTheArrivalSpreadAllows() {
        assertThat(BOUND.multipliedBy(2)).isLessThanOrEqualTo(SETTINGS.clockSkewMax());
    }

    @Test
    void aReplicaThatNeverLookedIsNotTrusted() {
        assertThat(offset.isWithinBound()).isFalse();
        assertThat(offset.estimate()).isEmpty();
    }

    @Test
    void theMiddleOfTheRoundTripIsTheOffsetAndHalfOfItTheDoubt() {
        machine.goesWrongBy(Duration.ofMillis(-40));
        offset.measure();
        var known = offset.estimate().orElseThrow();
        assertThat(known.offset()).isEqualTo(Duration.ofMillis(40));
        assertThat(known.uncertainty()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void anUnevenWayIsWithinTheDoubt() {
        wayThere = Duration.ofMillis(60);
        wayBack = Duration.ZERO;
        offset.measure();
        var known = offset.estimate().orElseThrow();
        assertThat(known.offset().abs()).isLessThanOrEqualTo(known.uncertainty());
    }

    @Test
    void theQuickestOfSeveralLooksCounts() {
        wayThere = Duration.ofMillis(300);
        offset.measure();
        assertThat(offset.isWithinBound()).isFalse();
        wayThere = Duration.ofMillis(5);
        offset.measure();
        wayThere = Duration.ofMillis(300);
        offset.measure();
        assertThat(offset.isWithinBound()).isTrue();
    }

    @Test
    void aQuickLookIsForgottenAfterAFewMore() {
        offset.measure();
        wayThere = Duration.ofMillis(300);
        for (int i = 1; i < ClockOffset.SAMPLES_MAX; i++) {
            offset.measure();
            assertThat(offset.isWithinBound()).isTrue();
        }
        offset.measure();
        assertThat(offset.isWithinBound()).isFalse();
    }

    @Test
    void doubtBeyondTheBoundCountsAsBeyondIt() {
        machine.goesWrongBy(BOUND.minusMillis(5));
        offset.measure();
        assertThat(offset.isWithinBound()).isTrue();
        machine.goesWrongBy(BOUND.minusMillis(4));
        lookUntilOlderLooksAreForgotten();
        assertThat(offset.isWithinBound()).isFalse();
    }

    @Test
    void aStoreThatTellsWholeSecondsIsUnderstoodAfterLooksAtDifferentPartsOfASecond() {
        precision = Duration.ofSeconds(1);
        offset.measure();
        assertThat(offset.isWithinBound()).isFalse();
        for (int i = 1; i < ClockOffset.SAMPLES_MAX; i++) {
            truth.advance(Duration.ofMillis(618));
            offset.measure();
        }
        var known = offset.estimate().orElseThrow();
        assertThat(offset.isWithinBound()).isTrue();
        assertThat(known.offset().abs()).isLessThanOrEqualTo(known.uncertainty());
    }

    @Test
    void aClockThatIsSetWrongShowsAtTheNextLook() {
        offset.measure();
        for (var error : new Duration[] {Duration.ofSeconds(-30), Duration.ofSeconds(30)}) {
            machine.goesWrongBy(error);
            offset.measure();
            assertThat(offset.isWithinBound()).isFalse();
            machine.goesWrongBy(Duration.ZERO);
            offset.measure();
            assertThat(offset.isWithinBound()).isTrue();
        }
    }

    @Test
    void aClockThatIsSetComesApartFromTheTickerAndShowsWithoutALook() {
        var ticking = new ClockOffset(
                this::look, SETTINGS, machine, () -> ChronoUnit.NANOS.between(VirtualClock.START, truth.instant()));
        ticking.measure();
        truth.advance(Duration.ofSeconds(10));
        assertThat(ticking.isWithinBound()).isTrue();
        for (long seconds : new long[] {-30, 30, -100_000_000_000L, 100_000_000_000L}) {
            machine.goesWrongBy(Duration.ofSeconds(seconds));
            assertThat(ticking.isWithinBound()).isFalse();
            ticking.measure();
            assertThat(ticking.isWithinBound()).isFalse();
            machine.goesWrongBy(Duration.ZERO);
            ticking.measure();
            assertThat(ticking.isWithinBound()).isTrue();
        }
    }

    @Test
    void aClockThatIsSetALittleIsTrustedWithWhatIsLeftOfTheBound() {
        var ticking = new ClockOffset(
                this::look, SETTINGS, machine, () -> ChronoUnit.NANOS.between(VirtualClock.START, truth.instant()));
        ticking.measure(); // leaves 5 ms of doubt
        machine.goesWrongBy(BOUND.minusMillis(5));
        assertThat(ticking.isWithinBound()).isTrue();
        machine.goesWrongBy(BOUND.minusMillis(4));
        assertThat(ticking.isWithinBound()).isFalse();
    }

    @Test
    void aClockThatStoodStillWithItsMachineShowsAtTheNextLook() {
        offset.measure();
        machine.stops();
        truth.advance(Duration.ofMinutes(1));
        machine.goesOn();
        offset.measure();
        assertThat(offset.estimate().orElseThrow().least()).isGreaterThan(Duration.ofSeconds(59));
        assertThat(offset.isWithinBound()).isFalse();
    }

    @Test
    void anOldLookIsWidenedByWhatClocksDrift() {
        offset.measure();
        wayThere = Duration.ofMillis(300);
        truth.advance(Duration.ofSeconds(20));
        offset.measure();
        assertThat(offset.estimate().orElseThrow().most())
                .isEqualTo(Duration.ofMillis(5).plus(ClockOffset.DRIFT_PER_SECOND.multipliedBy(20)));
    }

    @Test
    void aReplicaThatIsCutOffIsTrustedForAWhile() {
        offset.measure();
        away = true;
        truth.advance(ClockOffset.FRESH_FOR);
        offset.measure();
        assertThat(offset.isWithinBound()).isTrue();
        truth.advance(Duration.ofMillis(1));
        assertThat(offset.isWithinBound()).isFalse();
        away = false;
        offset.measure();
        assertThat(offset.isWithinBound()).isTrue();
    }

    private void lookUntilOlderLooksAreForgotten() {
        for (int i = 0; i < ClockOffset.SAMPLES_MAX; i++) {
            offset.measure();
        }
    }

    private StoreTime.Reading look() {
        if (away) {
            throw new RepositoryUnavailableException("the store is away", false, Duration.ofSeconds(3), null);
        }
        truth.advance(wayThere);
        Instant seen = precision.isZero() ? truth.instant() : truth.instant().truncatedTo(ChronoUnit.SECONDS);
        truth.advance(wayBack);
        return new StoreTime.Reading(seen, precision);
    }
}
