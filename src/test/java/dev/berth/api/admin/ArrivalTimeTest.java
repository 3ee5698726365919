package dev.berth.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.TurnedTimers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How long a request may take to arrive at the admin listener, on a clock that the test moves. */
class ArrivalTimeTest {
    private static final Duration MAX = Duration.ofSeconds(10);

    private final TurnedTimers timers = new TurnedTimers();
    private final AtomicInteger late = new AtomicInteger();
    private final ArrivalTime time = ArrivalTime.begin(timers.vertx(), MAX, late::incrementAndGet);

    @Test
    void aRequestHasItsTimeAndNoMore() {
        timers.pass(MAX.dividedBy(2));
        timers.pass(MAX.dividedBy(2).minusMillis(1));
        assertThat(late).hasValue(0);
        timers.pass(Duration.ofMillis(1));
        assertThat(late).hasValue(1);
    }

    @Test
    void whatArrivedWhileTheProcessStoodStillIsReadBeforeItIsLate() {
        timers.pass(MAX.multipliedBy(100));
        assertThat(late).hasValue(0);
        time.end();
        timers.pass(MAX.multipliedBy(100));
        assertThat(late).hasValue(0);
    }

    @Test
    void aRequestThatArrivedInTimeIsNeverLate() {
        time.end();
        timers.pass(MAX.dividedBy(2));
        timers.pass(MAX);
        assertThat(late).hasValue(0);
    }
}
