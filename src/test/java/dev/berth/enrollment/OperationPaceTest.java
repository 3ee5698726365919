package dev.berth.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduling.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationPaceTest {
    private final VirtualClock clock = new VirtualClock();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 25, 100, 1_000, 30_000})
    void noSlidingMinuteHoldsMoreThanOurPartOfTheQuota(int operationsPerMinute) throws InterruptedException {
        int part = Math.max(1, operationsPerMinute * OperationPace.SHARE_PERCENT / 100);
        var sent = sent(new OperationPace(operationsPerMinute, clock, clock::advance), 3 * part + 2);

        for (int i = part; i < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i - part), sent.get(i))).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void aFewOperationsDoNotWait() throws InterruptedException {
        var sent = sent(new OperationPace(1_000, clock, clock::advance), 40);

        assertThat(sent).allMatch(VirtualClock.START::equals);
    }

    @Test
    void afterThrottlingNothingIsSentForAWhile() throws InterruptedException {
        var pace = new OperationPace(1_000, clock, clock::advance);
        pace.throttled();

        pace.await();

        assertThat(clock.instant()).isEqualTo(VirtualClock.START.plus(OperationPace.AFTER_THROTTLING));
    }

    @Test
    void aChangedQuotaCountsAtOnce() throws InterruptedException {
        var pace = new OperationPace(1, clock, clock::advance);
        pace.await();
        pace.limit(1_000);

        pace.await();

        assertThat(clock.instant()).isBefore(VirtualClock.START.plusSeconds(61));
    }

    private List<Instant> sent(OperationPace pace, int operations) throws InterruptedException {
        var sent = new ArrayList<Instant>();
        for (int i = 0; i < operations; i++) {
            pace.await();
            sent.add(clock.instant());
        }
        return sent;
    }
}
