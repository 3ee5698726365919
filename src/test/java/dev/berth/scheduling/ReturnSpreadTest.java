package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReturnSpreadTest {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private final ReturnSpread spread = new ReturnSpread(LONGEST);

    @Test
    void aFewComeBackWhenTheyMay() {
        assertThat(waits(1_000, WAIT)).allMatch(WAIT::equals);
    }

    @Test
    void aHerdThatWasTurnedAwayTogetherDoesNotComeBackTogether() {
        var waits = waits(100_000, WAIT);
        assertThat(waits).allMatch(wait -> wait.compareTo(WAIT) >= 0);
        assertThat(perSecond(waits)).hasSize(100).allMatch(devices -> devices == 1_000);
    }

    @Test
    void aShortWaitIsNotPutBehindALongOne() {
        waits(5_000, Duration.ofMinutes(10));
        assertThat(waits(1, WAIT)).containsExactly(WAIT);
    }

    @Test
    void nobodyWaitsLongerThanTheLongestAndThoseWhoDoAreSpreadToo() {
        var waits = waits(20_000, LONGEST);
        assertThat(waits).allMatch(wait -> wait.compareTo(LONGEST) <= 0 && wait.compareTo(LONGEST.dividedBy(2)) >= 0);
        assertThat(perSecond(waits)).allMatch(devices -> devices < 1_100);
    }

    @Test
    void aBinIsUsedAgainOnceItsSecondHasPassed() {
        waits(1_000, WAIT);
        var later = VirtualClock.START.plus(LONGEST).plusSeconds(2);
        assertThat(spread.after(WAIT, 1_000, later)).isEqualTo(WAIT);
    }

    private List<Duration> waits(int devices, Duration wait) {
        return IntStream.range(0, devices)
                .mapToObj(i -> spread.after(wait, 1_000, VirtualClock.START))
                .toList();
    }

    private static Collection<Long> perSecond(List<Duration> waits) {
        return waits.stream()
                .map(Duration::toSeconds)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values();
    }
}
