package dev.berth.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seed in a test's name replays it. */
class CapacitySimulationTest {
    private static final long MAX = ReconciliationFixture.LIMITS.registrationsMax();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void aCountInTheMiddleOfARushLosesNothingAndInventsNothing(long seed) {
        var fleet = fleet(seed);
        fleet.registerOthers(0, 100);
        assertThat(fleet.count()).isEqualTo(Reconciler.Outcome.DONE);
        assertThat(fleet.berth.ledger().committed()).isEqualTo(100);
        fleet.watch();
        fleet.tidyFor(Duration.ofMinutes(30));
        fleet.boot(600, Duration.ofSeconds(60));
        fleet.crashes(5, Duration.ofSeconds(8));
        fleet.runFor(Duration.ofSeconds(8));
        long leakedAtLeast = fleet.berth.ledger().committed() - fleet.needed().size();

        assertThat(fleet.count()).isEqualTo(Reconciler.Outcome.DONE);
        fleet.runFor(Duration.ofMinutes(5));
        fleet.release();

        assertThat(leakedAtLeast).isPositive();
        assertThat(fleet.overCommitted).isEmpty();
        assertThat(fleet.told).hasSize(600);
        assertThat(fleet.berth.ledger().committed()).isEqualTo(fleet.needed().size());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void anInstanceIsFilledToItsLastRegistrationAndNeverBeyond(long seed) {
        var fleet = fleet(seed);
        fleet.registerOthers(0, 400);
        assertThat(fleet.count()).isEqualTo(Reconciler.Outcome.DONE);
        fleet.watch();
        fleet.tidyFor(Duration.ofMinutes(60));
        fleet.boot((int) MAX, Duration.ofSeconds(45));
        fleet.crashes(8, Duration.ofSeconds(40));
        fleet.runFor(Duration.ofSeconds(20));
        assertThat(fleet.count()).isEqualTo(Reconciler.Outcome.DONE);
        fleet.runFor(Duration.ofSeconds(60));
        assertThat(fleet.count()).isEqualTo(Reconciler.Outcome.DONE);

        fleet.runFor(Duration.ofMinutes(30));

        assertThat(fleet.overCommitted).isEmpty();
        assertThat(fleet.needed()).hasSize((int) MAX);
        assertThat(fleet.berth.ledger().committed()).isEqualTo(MAX);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void registrationsThatOthersMakeAreFoundByTheNextCount(long seed) {
        var fleet = fleet(seed);
        fleet.tidyFor(Duration.ofMinutes(30));
        fleet.boot(300, Duration.ofSeconds(30));
        fleet.runFor(Duration.ofSeconds(10));
        fleet.registerOthers(0, 50);
        assertThat(fleet.count()).isEqualTo(Reconciler.Outcome.DONE);
        fleet.runFor(Duration.ofMinutes(5));
        assertThat(fleet.berth.ledger().committed()).isEqualTo(350);
        fleet.registerOthers(50, 80);

        assertThat(fleet.count()).isEqualTo(Reconciler.Outcome.DONE);

        assertThat(fleet.berth.ledger().committed()).isEqualTo(380);
        assertThat(fleet.berth.settled().settlement().difference()).isEqualTo(30);
    }

    private static CountedFleet fleet(long seed) {
        return new CountedFleet(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }
}
