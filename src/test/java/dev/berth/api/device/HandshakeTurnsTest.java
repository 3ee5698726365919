package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who begins a handshake, who waits, and who is refused. */
class HandshakeTurnsTest {
    private static final Duration PACE = Duration.ofMillis(1); // as long as nothing else was measured
    private static final HandshakeLimits LIMITS =
            new HandshakeLimits(1_024, 5_000, 1_000, Duration.ofMillis(50), Duration.ofMillis(4));

    private final List<String> begun = new ArrayList<>();
    private final Queue<Runnable> passing = new ArrayDeque<>();
    private long now = 1_000_000_000_000L;
    private HandshakeTurns turns = new HandshakeTurns(LIMITS, () -> now);

    @Test
    void asManyBeginAtOnceAsThereAreTurns() {
        takeAllTurns();
        assertThat(come("late")).isTrue();
        assertThat(begun).hasSize(HandshakeTurns.AT_ONCE).doesNotContain("late");
        assertThat(turns.waiting()).isOne();
    }

    @Test
    void theFirstThatWaitsHasTheNextTurn() {
        takeAllTurns();
        come("a");
        come("b");
        passOne();
        assertThat(begun).endsWith("a").doesNotContain("b");
        passOne();
        assertThat(begun).endsWith("a", "b");
    }

    @Test
    void aFleetThatIsSwitchedOnAtOnceIsServedWhole() {
        turns = new HandshakeTurns(HandshakeLimits.DEFAULT, () -> now);
        takeAllTurns();
        for (int device = 0; device < 3_500; device++) {
            assertThat(come("device-" + device)).isTrue();
        }
    }

    @Test
    void aTurnThatNobodyWaitsForIsThereForTheNext() {
        takeAllTurns();
        passOne();
        come("next");
        assertThat(begun).endsWith("next");
    }

    @Test
    void whoHungUpIsPassedOver() {
        takeAllTurns();
        turns.comes(new Caller("gone", true));
        come("there");
        passOne();
        assertThat(begun).endsWith("there").doesNotContain("gone");
    }

    @Test
    void aBurstMayWaitUntilItWouldTakeTooLong() {
        takeAllTurns();
        assertThat(comeUntilRefused()).isEqualTo(admittedWithin(LIMITS.waitMax()));
    }

    @Test
    void fewerMayWaitWhereEachTakesLonger() {
        takeAllTurns();
        IntStream.range(0, 20).forEach(i -> come("first-" + i));
        for (int i = 0; i < 20; i++) {
            now += PACE.toNanos() * 10;
            passOne();
        }
        assertThat(comeUntilRefused()).isBetween(5, admittedWithin(LIMITS.waitMax()) / 4);
    }

    @Test
    void thatTheProcessStoodStillOnceSaysLittleOfWhatComes() {
        takeAllTurns();
        come("before");
        now += Duration.ofSeconds(2).toNanos();
        passOne();
        assertThat(comeUntilRefused()).isGreaterThan(admittedWithin(LIMITS.waitMax()) / 2);
    }

    @Test
    void onceOneWasRefusedOnlyAShortQueueIsKept() {
        takeAllTurns();
        comeUntilRefused();
        passAll();
        assertThat(comeUntilRefused()).isLessThanOrEqualTo(admittedWithin(LIMITS.waitOverloadedMax()));
    }

    @Test
    void aSecondWithoutARefusalEndsTheShortQueue() {
        takeAllTurns();
        comeUntilRefused();
        passAll();
        now += Duration.ofSeconds(1).toNanos();
        assertThat(comeUntilRefused()).isEqualTo(admittedWithin(LIMITS.waitMax()));
    }

    @Test
    void neverMoreWaitThanMay() {
        turns = new HandshakeTurns(LIMITS.withWaitingMax(3), () -> now);
        takeAllTurns();
        assertThat(comeUntilRefused()).isEqualTo(3);
    }

    private static int admittedWithin(Duration wait) {
        return (int) (wait.toNanos() / PACE.toNanos()) + 1; // the first one waits for nobody
    }

    private void takeAllTurns() {
        IntStream.range(0, HandshakeTurns.AT_ONCE).forEach(i -> come("turn-" + i));
    }

    private boolean come(String name) {
        return turns.comes(new Caller(name, false));
    }

    private int comeUntilRefused() {
        int admitted = 0;
        while (come("more-" + admitted)) {
            admitted++;
        }
        return admitted;
    }

    private void passAll() {
        while (turns.waiting() > 0) {
            now += PACE.toNanos();
            passOne();
        }
    }

    private void passOne() {
        passing.remove().run();
    }

    private final class Caller implements HandshakeTurns.Hello {
        private final String name;
        private final boolean gone;

        Caller(String name, boolean gone) {
            this.name = name;
            this.gone = gone;
        }

        @Override
        public boolean gone() {
            return gone;
        }

        @Override
        public void begin(Runnable passed) {
            begun.add(name);
            passing.add(passed);
        }
    }
}
