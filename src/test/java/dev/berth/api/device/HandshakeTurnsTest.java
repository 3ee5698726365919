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
    private static final HandshakeLimits LIMITS = new HandshakeLimits(
            1_024, Duration.ofSeconds(10), 5_000, 1_000, Duration.ofMillis(50), Duration.ofMillis(4));

    private final List<String> begun = new ArrayList<>();
    private final List<String> lookedFor = new ArrayList<>();
    private final Queue<Runnable> passing = new ArrayDeque<>();
    private int callers;
    private long now = 1_000_000_000_000L;
    private HandshakeTurns turns = turns(LIMITS);

    @Test
    void asManyBeginAtOnceAsThereAreTurns() {
        takeTurns();
        assertThat(come("late")).isTrue();
        assertThat(begun).hasSize(HandshakeTurns.TURNS).doesNotContain("late");
        assertThat(turns.waiting()).isOne();
    }

    @Test
    void eachEventLoopHasTurnsOfItsOwn() {
        takeTurns();
        come("waits");
        comeTo("other loop", "there");
        assertThat(begun).endsWith("there");
        passOne();
        assertThat(begun).endsWith("there", "waits");
    }

    @Test
    void inOverloadOneTurnIsLeft() {
        overload();
        int before = begun.size();
        int first = callers - turns.waiting();
        passOne();
        assertThat(begun).hasSize(before);
        passOne();
        assertThat(begun).endsWith("more-" + first);
        passOne();
        assertThat(begun).endsWith("more-" + first, "more-" + (first + 1));
    }

    @Test
    void theFirstThatWaitsHasTheNextTurn() {
        takeTurns();
        come("a");
        come("b");
        passOne();
        assertThat(begun).endsWith("a").doesNotContain("b");
        passOne();
        assertThat(begun).endsWith("a", "b");
    }

    @Test
    void aFleetThatIsSwitchedOnAtOnceIsServedWhole() {
        turns = turns(HandshakeLimits.DEFAULT);
        takeTurns();
        for (int device = 0; device < 3_500; device++) {
            assertThat(come("device-" + device)).isTrue();
        }
    }

    @Test
    void aTurnThatNobodyWaitsForIsThereForTheNext() {
        takeTurns();
        passOne();
        come("next");
        assertThat(begun).endsWith("next");
    }

    @Test
    void whoHungUpIsPassedOver() {
        takeTurns();
        turns.comes(new Caller("loop", "gone", true));
        come("there");
        passOne();
        assertThat(begun).endsWith("there").doesNotContain("gone");
    }

    @Test
    void aBurstMayWaitUntilItWouldTakeTooLong() {
        takeTurns();
        assertThat(comeUntilRefused()).isEqualTo(admittedWithin(LIMITS.waitMax()));
    }

    @Test
    void fewerMayWaitWhereEachTakesLonger() {
        takeTurns();
        IntStream.range(0, 20).forEach(i -> come("first-" + i));
        for (int i = 0; i < 20; i++) {
            now += PACE.toNanos() * 10;
            passOne();
        }
        assertThat(comeUntilRefused()).isBetween(5, admittedWithin(LIMITS.waitMax()) / 4);
    }

    @Test
    void thatTheProcessStoodStillOnceSaysLittleOfWhatComes() {
        takeTurns();
        come("before");
        now += Duration.ofSeconds(2).toNanos();
        passOne();
        assertThat(comeUntilRefused()).isGreaterThan(admittedWithin(LIMITS.waitMax()) / 2);
    }

    @Test
    void aBurstIsNoOverloadThoughNotAllOfItIsLetIn() {
        takeTurns();
        comeUntilRefused();
        assertThat(turns.overloaded()).isFalse();
        passOne();
        assertThat(come("next")).isTrue();
    }

    @Test
    void aQueueThatStandsAndGrowsIs() {
        overload();
        assertThat(turns.overloaded()).isTrue();
    }

    @Test
    void aQueueThatStandsIsNotWhileNobodyHasToBeRefused() {
        takeTurns();
        come("waits");
        now += LIMITS.waitMax().toNanos();
        come("waits, too");
        assertThat(turns.overloaded()).isFalse();
    }

    @Test
    void inOverloadOnlyAShortQueueIsKept() {
        overload();
        passAll();
        assertThat(comeUntilRefused()).isLessThanOrEqualTo(admittedWithin(LIMITS.waitOverloadedMax()));
    }

    @Test
    void eachTimeNobodyWaitsTheQueueMayBeTwiceAsLongUntilItIsAsLongAsEver() {
        overload();
        passOne(); // the turn that is one too many now
        passAll();
        passOne();
        come("takes the turn");
        assertThat(comeUntilRefused())
                .isEqualTo(admittedWithin(LIMITS.waitOverloadedMax().multipliedBy(2)));
        while (turns.overloaded()) {
            passAll();
            passOne();
            come("takes the turn");
        }
        takeTurns();
        passAll();
        assertThat(comeUntilRefused()).isEqualTo(admittedWithin(LIMITS.waitMax()));
    }

    @Test
    void whoWasLetInJustBeforeCountsAsWaiting() {
        int most = admittedWithin(LIMITS.waitMax());
        assertThat(turns.admits(most - 1)).isTrue();
        assertThat(turns.admits(most)).isFalse();
    }

    @Test
    void whenATurnPassesThereMayBeRoomForOneMore() {
        takeTurns();
        come("waits");
        passOne();
        passOne();
        assertThat(lookedFor).containsExactly("waits", "waits");
    }

    @Test
    void inOverloadNobodyIsLookedForWhileSomebodyIsReady() {
        overload();
        passOne(); // the turn that is one too many now
        lookedFor.clear();
        while (turns.waiting() > 1) {
            passOne();
        }
        assertThat(lookedFor).isEmpty();
        passOne();
        assertThat(lookedFor).containsExactly(begun.getLast());
    }

    @Test
    void someAreKeptReadyHoweverLongEachTakes() {
        turns = turns(
                new HandshakeLimits(1_024, Duration.ofSeconds(10), 5_000, 1_000, Duration.ofMillis(1), Duration.ZERO));
        overload();
        passAll();
        assertThat(comeUntilRefused()).isEqualTo(HandshakeTurns.READY);
    }

    @Test
    void neverMoreWaitThanMay() {
        turns = turns(LIMITS.withWaitingMax(3));
        takeTurns();
        assertThat(comeUntilRefused()).isEqualTo(3);
    }

    private HandshakeTurns turns(HandshakeLimits limits) {
        return new HandshakeTurns(limits, () -> now, () -> lookedFor.add(begun.getLast()));
    }

    private static int admittedWithin(Duration wait) {
        return (int) (wait.toNanos() / PACE.toNanos()) + 1; // the first one waits for nobody
    }

    private void takeTurns() {
        IntStream.range(0, HandshakeTurns.TURNS).forEach(i -> come("turn-" + i));
    }

    private boolean come(String name) {
        return comeTo("loop", name);
    }

    private boolean comeTo(String eventLoop, String name) {
        return turns.comes(new Caller(eventLoop, name, false));
    }

    /** More come than have their turn, for longer than a burst takes. */
    private void overload() {
        takeTurns();
        comeUntilRefused();
        for (long end = now + LIMITS.waitMax().dividedBy(2).toNanos(); now < end; comeUntilRefused()) {
            now += PACE.toNanos();
            passOne();
        }
    }

    /** How many wait then. */
    private int comeUntilRefused() {
        while (come("more-" + callers)) {
            callers++;
        }
        return turns.waiting();
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
        private final String eventLoop;
        private final String name;
        private final boolean gone;

        Caller(String eventLoop, String name, boolean gone) {
            this.eventLoop = eventLoop;
            this.name = name;
            this.gone = gone;
        }

        @Override
        public boolean gone() {
            return gone;
        }

        @Override
        public Object eventLoop() {
            return eventLoop;
        }

        @Override
        public void begin(Runnable passed) {
            begun.add(name);
            passing.add(passed);
        }
    }
}
