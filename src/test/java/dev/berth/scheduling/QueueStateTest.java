package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueueStateTest {
    private static final Duration LAP = Duration.ofSeconds(30);
    private final Instant start = VirtualClock.START;
    private final QueueState waiting = QueueState.EMPTY.give(1_000, start);

    @Test
    void admitsAtThePoolsRate() {
        assertThat(waiting.advance(rate(16, 80), LAP, start.plusSeconds(1)).watermark())
                .isEqualTo(16);
    }

    @Test
    void savesSlotsUntilFiveSecondsOfThemAreInReserve() {
        assertThat(waiting.advance(rate(16, 20), LAP, start.plusSeconds(1)).watermark())
                .isEqualTo(14);
    }

    @Test
    void admitsNobodyWithoutAFreeSlot() {
        assertThat(waiting.advance(rate(16, 0), LAP, start.plusSeconds(5))).isEqualTo(waiting);
    }

    @Test
    void neverAdmitsMoreThanThereAreSlots() {
        assertThat(waiting.advance(rate(16, 40), LAP, start.plusSeconds(600)).watermark())
                .isEqualTo(40);
    }

    @Test
    void slotsThatNobodyClaimsSpeedItUp() {
        assertThat(waiting.advance(rate(16, 380), LAP, start.plusSeconds(1)).watermark())
                .isEqualTo(26);
    }

    @Test
    void aSlowPoolSumsUpFractions() {
        var slow = rate(0.25, 3);
        var state = waiting;
        for (int second = 1; second <= 4; second++) {
            state = state.advance(slow, Duration.ofDays(1), start.plusSeconds(second));
        }
        assertThat(state.watermark()).isEqualTo(1);
    }

    @Test
    void stopsAtTheLastTicket() {
        var state = waiting.advance(rate(1e6, 1_000_000), LAP, start.plusSeconds(1));
        assertThat(state.watermark()).isEqualTo(1_000);
        assertThat(state.isEmpty()).isTrue();
    }

    @Test
    void timeBeforeTheFirstTicketDoesNotCount() {
        Instant later = start.plus(Duration.ofDays(1));
        var state = QueueState.EMPTY.give(10, later);
        assertThat(state.advance(rate(1, 100), LAP, later)).isEqualTo(state);
    }

    @Test
    void aClockThatRunsBehindMovesNothing() {
        assertThat(waiting.advance(rate(16, 100), LAP, start.minusSeconds(5))).isEqualTo(waiting);
    }

    private static PoolRate rate(double slotsPerSecond, long freeSlots) {
        return PoolRate.of(slotsPerSecond, freeSlots, Duration.ofSeconds(5));
    }
}
