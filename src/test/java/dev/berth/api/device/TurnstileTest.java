package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.inventory.RepositoryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How many begin at once, and when the others come back. */
class TurnstileTest {
    private static final int PLACES_MAX = 40;
    private static final int FIRST = Turnstile.PLACES_MIN;

    private long now;
    private final Turnstile turnstile = new Turnstile(PLACES_MAX, Duration.ZERO, () -> now);

    @Test
    void onlySoManyBeginAtOnceAndTheNextIsSentAway() throws Exception {
        round(FIRST, () -> {
            assertThatExceptionOfType(RepositoryUnavailableException.class)
                    .isThrownBy(() -> turnstile.pass(() -> "in"))
                    .satisfies(away -> {
                        assertThat(away.outcomeUnknown()).isFalse();
                        assertThat(away.retryAfter()).isGreaterThanOrEqualTo(Returns.SHORTEST);
                    });
            return true;
        });

        assertThat(turnstile.pass(() -> "in")).isEqualTo("in");
    }

    @Test
    void moreAreLetInWhileAllPlacesAreTakenAndAllEndsWell() throws Exception {
        widen();
        round(PLACES_MAX, () -> true);

        assertThat(turnstile.limit()).isEqualTo(PLACES_MAX);
    }

    @Test
    void thoseWhoComeOneByOneChangeNothing() {
        for (var i = 0; i < 2 * FIRST; i++) {
            turnstile.pass(() -> "in");
        }
        assertThat(turnstile.limit()).isEqualTo(FIRST);
    }

    @Test
    void aRoundInWhichTheStoreRefusesCountsOnceHoweverManyItRefused() throws Exception {
        widen();
        round(PLACES_MAX, () -> false);

        assertThat(turnstile.limit()).isEqualTo((int) (PLACES_MAX * 0.7));
    }

    @Test
    void someAreLetInHoweverMuchTheStoreRefuses() throws Exception {
        for (var i = 0; i < 20; i++) {
            round(1, () -> false);
        }
        assertThat(turnstile.limit()).isEqualTo(Turnstile.PLACES_MIN);
        round(Turnstile.PLACES_MIN, () -> true);
    }

    @Test
    void theLimitRisesByNoMoreThanOneInARound() throws Exception {
        widen();
        round(PLACES_MAX, () -> false);
        var lowered = turnstile.limit();

        round(lowered, () -> true);
        round(lowered, () -> true);

        assertThat(turnstile.limit()).isBetween(lowered, lowered + 2);
    }

    @Test
    void anEndThatIsNobodysFaultGivesThePlaceBack() {
        for (var i = 0; i < 2 * FIRST; i++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> turnstile.pass(() -> {
                        throw new IllegalStateException();
                    }));
        }
        assertThat(turnstile.pass(() -> "in")).isEqualTo("in");
    }

    @Test
    void thoseSentAwayComeBackOneAfterTheOtherTwiceAsManyAsWereServed() {
        var returns = new Returns(() -> now);
        for (var i = 0; i < 50; i++) {
            returns.served();
        }

        assertThat(returns.next()).isEqualTo(Returns.SHORTEST);
        for (var i = 1; i <= 100; i++) {
            assertThat(returns.next()).isEqualTo(Returns.SHORTEST.plus(Duration.ofMillis(10L * i)));
        }
    }

    @Test
    void aRushAfterAQuietTimeCountsWhatIsServedNow() {
        var returns = new Returns(() -> now);
        now = Duration.ofMinutes(1).toNanos();
        for (var i = 0; i < 50; i++) {
            returns.served();
        }
        now = Duration.ofSeconds(61).toNanos();

        assertThat(returns.next()).isEqualTo(Returns.SHORTEST);
        assertThat(returns.next()).isEqualTo(Returns.SHORTEST.plus(Duration.ofMillis(10)));
    }

    @Test
    void nobodyIsSentAwayForLongerThanTheLongest() {
        var returns = new Returns(() -> now);
        var waits = new ArrayList<Duration>();
        for (var i = 0; i < 10_000; i++) {
            waits.add(returns.next());
        }
        assertThat(waits).allMatch(wait -> wait.compareTo(Returns.LONGEST) <= 0);
        assertThat(waits.stream().distinct()).as("not all at once").hasSizeGreaterThan(20);
    }

    /** All places taken, again and again, and the store takes it all. */
    private void widen() throws Exception {
        for (var rounds = 0; turnstile.limit() < PLACES_MAX; rounds++) {
            assertThat(rounds).isLessThan(PLACES_MAX * PLACES_MAX);
            round(turnstile.limit(), () -> true);
        }
    }

    /** So many in work at once; {@code work} says of each whether the store takes it. */
    private void round(int requests, Supplier<Boolean> work) throws Exception {
        var all = new CountDownLatch(requests);
        var ends = new ArrayList<CompletableFuture<Boolean>>();
        var first = new CompletableFuture<Boolean>();
        for (var i = 0; i < requests; i++) {
            ends.add(CompletableFuture.supplyAsync(
                    () -> turnstile.pass(() -> {
                        all.countDown();
                        return answered(first.join());
                    }),
                    task -> Thread.ofVirtual().start(task)));
        }
        all.await();
        first.complete(work.get());
        for (var end : ends) {
            try {
                end.get();
            } catch (ExecutionException refused) {
                assertThat(refused).hasCauseInstanceOf(RepositoryUnavailableException.class);
            }
        }
    }

    private static boolean answered(boolean taken) {
        if (!taken) {
            throw new RepositoryUnavailableException("the store's throughput is spent", false, Duration.ZERO, null);
        }
        return true;
    }
}
