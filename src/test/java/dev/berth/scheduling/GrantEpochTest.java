package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Versioned;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica in a rush, which holds slots far ahead and grants, while a count of the instance begins. */
class GrantEpochTest {
    private static final int RUSH = 800;

    private final DpsInstance instance = Instances.named("dps-1", Instances.perMinute(1_000));
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLedgers ledgers = new InMemoryLedgers();
    private final InstanceTimeline replica = new InstanceTimeline(
            instance.id(), ledgers, SchedulingSettings.DEFAULT, clock, Runnable::run, SchedulingEvents.NONE);

    @BeforeEach
    void rush() {
        for (int i = 0; i < RUSH; i++) {
            take();
        }
        while (held() == 0) {
            take();
        }
    }

    @Test
    void aReservationCarriesTheEpochInWhichItsGrantWasTaken() {
        assertThat(take().epoch()).isZero();
        beginCount();
        clock.advance(SchedulingSettings.GRANTS_FRESH_FOR);

        assertThat(take().epoch()).isEqualTo(1);
    }

    @Test
    void withoutACountUnusedGrantsGoBack() {
        long held = held();
        long committed = ledger().committed();

        replica.release();

        assertThat(ledger().committed()).isEqualTo(committed - held);
    }

    @Test
    void onceACountHasBegunGrantsFromBeforeDoNotGoBack() {
        beginCount();
        long committed = ledger().committed();

        replica.release();

        assertThat(ledger().committed()).isEqualTo(committed);
    }

    @Test
    void grantsFromBeforeAreGivenNoLaterThanTheyAreFresh() {
        beginCount();
        clock.advance(SchedulingSettings.GRANTS_FRESH_FOR.minusMillis(1));
        assertThat(take().epoch()).isZero();

        clock.advance(Duration.ofMillis(1));
        assertThat(take().epoch()).isEqualTo(1);
        assertThat(ledger().committed()).isGreaterThan(RUSH);
    }

    @Test
    void grantsThatAreFreshNoMoreStayIfNoCountHasBegun() {
        long used = ledger().committed() - held();
        clock.advance(SchedulingSettings.GRANTS_FRESH_FOR);

        take();

        assertThat(ledger().committed() - held()).isEqualTo(used + 1);
    }

    @Test
    void aGrantThatComesBackFromBeforeIsGone() {
        var reservation = take();
        beginCount();
        clock.advance(SchedulingSettings.GRANTS_FRESH_FOR);
        take();
        long held = held();

        replica.giveBack(reservation);

        assertThat(held()).isEqualTo(held);
    }

    @Test
    void whatACountFoundIsAddedToWhatIsCommittedSince() {
        beginCount();
        clock.advance(SchedulingSettings.GRANTS_FRESH_FOR);
        take();
        var ledger = ledger();

        assertThat(ledger.awaits(1)).isTrue();
        assertThat(ledger.settled(-100).committed()).isEqualTo(ledger.committed() - 100);
        assertThat(ledger.settled(-100).awaits(1)).isFalse();
        assertThat(ledger.settled(-100).counting().awaits(2)).isTrue();
        assertThat(ledger.settled(-100).counting().awaits(1)).isFalse();
        assertThat(ledger.settled(-10_000).committed()).isZero();
    }

    private void beginCount() {
        var read = ledgers.find(instance.id());
        ledgers.swap(
                instance.id(),
                read.map(Versioned::version).orElse(null),
                read.map(Versioned::value).orElse(Ledger.UNUSED).counting());
    }

    private Reservation take() {
        return ((Reservation) replica.take(instance.limits(), true));
    }

    private long held() {
        return ledger().committed() - replica.standing(instance.limits()).used();
    }

    private Ledger ledger() {
        return ledgers.of(instance.id());
    }
}
