package dev.berth.emulator.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of window lets through. */
class RateWindowTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void slidingLetsTheLimitThroughAndOneMoreWhenTheFirstIsAMinuteOld() {
        var window = WindowKind.SLIDING.open(3, MINUTE);
        assertThat(accepted(window, 10 * SECOND, 20 * SECOND, 30 * SECOND)).isEqualTo(3);
        assertThat(window.tryAcquire(70 * SECOND - 1)).isFalse();
        assertThat(window.tryAcquire(70 * SECOND)).isTrue();
        assertThat(window.tryAcquire(70 * SECOND)).isFalse();
    }

    @Test
    void fixedLetsTwiceTheLimitMeetWhereTwoMinutesMeet() {
        var window = WindowKind.FIXED.open(3, MINUTE);
        assertThat(accepted(window, 59 * SECOND, 59 * SECOND, 59 * SECOND, 59 * SECOND))
                .isEqualTo(3);
        assertThat(accepted(window, 60 * SECOND, 60 * SECOND, 60 * SECOND, 60 * SECOND))
                .isEqualTo(3);
    }

    @Test
    void bucketStartsFullAndThenLetsOneThroughPerShareOfAMinute() {
        var window = WindowKind.BUCKET.open(3, MINUTE);
        assertThat(accepted(window, 0, 0, 0, 0)).isEqualTo(3);
        assertThat(window.tryAcquire(20 * SECOND - 10)).isFalse();
        assertThat(window.tryAcquire(20 * SECOND)).isTrue();
        assertThat(window.tryAcquire(20 * SECOND)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalTakesNothing(WindowKind kind) {
        var window = kind.open(2, MINUTE);
        assertThat(accepted(window, 0, 0)).isEqualTo(2);
        for (int i = 0; i < 100; i++) {
            assertThat(window.tryAcquire(SECOND)).isFalse();
        }
        assertThat(accepted(window, 60 * SECOND, 60 * SECOND)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void noSlidingMinuteHoldsMoreThanItsKindAllows(WindowKind kind) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int limit = 1 + random.nextInt(40);
        var window = kind.open(limit, MINUTE);
        var worst = new WorstMinute();
        var accepted = new ArrayList<Long>();
        long now = 0;
        for (int i = 0; i < 3_000; i++) {
            now += random.nextLong(4 * 60 * SECOND / limit);
            if (window.tryAcquire(now)) {
                accepted.add(now);
                worst.add(now);
            }
        }
        int allowed = kind == WindowKind.SLIDING ? limit : 2 * limit;
        assertThat(worst.worst())
                .as("seed %d", seed)
                .isEqualTo(countedNaively(accepted))
                .isLessThanOrEqualTo(allowed);
    }

    private static int countedNaively(List<Long> accepted) {
        int worst = 0;
        for (int last = 0; last < accepted.size(); last++) {
            long end = accepted.get(last);
            int within = (int) accepted.subList(0, last + 1).stream()
                    .filter(time -> time > end - MINUTE.toNanos())
                    .count();
            worst = Math.max(worst, within);
        }
        return worst;
    }

    private static int accepted(RateWindow window, long... times) {
        int accepted = 0;
        for (long time : times) {
            accepted += window.tryAcquire(time) ? 1 : 0;
        }
        return accepted;
    }
}
