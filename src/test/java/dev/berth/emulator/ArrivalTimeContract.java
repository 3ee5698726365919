package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a request may take to arrive, on a clock that the test moves; at the emulator and at the admin listener, which share no code. */
public abstract class ArrivalTimeContract {
    private static final Duration MAX = Duration.ofSeconds(10);

    private final TurnedTimers timers = new TurnedTimers();
    private final AtomicInteger late = new AtomicInteger();
    private Runnable end = () -> {};

    /** Begins to wait; what it returns ends that. */
    protected abstract Runnable begin(Vertx vertx, Duration max, Runnable whenLate);

    @BeforeEach
    void aRequestBegins() {
        end = begin(timers.vertx(), MAX, late::incrementAndGet);
    }

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
        end.run();
        timers.pass(MAX.multipliedBy(100));
        assertThat(late).hasValue(0);
    }

    @Test
    void aRequestThatArrivedInTimeIsNeverLate() {
        end.run();
        timers.pass(MAX.dividedBy(2));
        timers.pass(MAX);
        assertThat(late).hasValue(0);
    }
}
