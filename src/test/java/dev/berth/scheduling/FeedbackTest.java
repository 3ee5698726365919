package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an instance's timeline learns while it runs: that DPS throttles, and that limits have changed. */
class FeedbackTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private final DpsInstance instance = Instances.named("dps-1", Instances.perMinute(1_000));
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLedgers ledgers = new InMemoryLedgers();
    private final CountingEvents events = new CountingEvents();
    private final InstanceTimeline here = replica();
    private final InstanceTimeline there = replica();
    private Limits limits = instance.limits();

    @Test
    void throttlingMovesTheTimelineOfAllReplicas() {
        aRush(here);
        devicesAreThrottled(3);
        Instant until = clock.instant().plus(ThrottleReports.PAUSE_MIN);
        assertThat(events.pauses).isEqualTo(1);
        assertThat(take(here)).isAfterOrEqualTo(until);
        assertThat(take(there)).isAfterOrEqualTo(until);
    }

    @Test
    void afterThePauseSlotsAreAsFarApartAsEver() {
        devicesAreThrottled(3);
        assertThat(Duration.between(take(here), take(here)))
                .isEqualTo(SlotSpacing.of(limits).interval());
    }

    @Test
    void aTimelineThatIsFurtherAheadThanThePauseStaysAsItIs() {
        IntStream.range(0, 500).forEach(_ -> take(here));
        Instant end = ledgers.of(instance.id()).slotsGivenUntil();
        devicesAreThrottled(3);
        assertThat(ledgers.of(instance.id()).slotsGivenUntil()).isEqualTo(end);
    }

    @Test
    void aDeviceAloneMovesNothing() {
        IntStream.range(0, 100).forEach(_ -> here.reported("liar", clock.instant(), RegistrationResult.THROTTLED));
        assertThat(events.pauses).isZero();
        assertThat(take(here)).isEqualTo(clock.instant().plus(SETTINGS.lead()));
    }

    @Test
    void aPauseThatTheStoreCannotTakeHoldsForThisReplica() {
        aRush(here);
        ledgers.away = true;
        devicesAreThrottled(3);
        assertThat(here.take(limits, true)).isInstanceOf(SlotOutcome.Unavailable.class);
    }

    @Test
    void aLoweredLimitCountsForSlotsThatAreLeasedFromThenOn() {
        assertRateAfterChangeTo(Instances.perMinute(100));
    }

    @Test
    void aRaisedLimitCountsForSlotsThatAreLeasedFromThenOn() {
        assertRateAfterChangeTo(Instances.perMinute(5_000));
    }

    @Test
    void headroomIsTakenFromSlotsThatAreLeasedFromThenOn() {
        assertRateAfterChangeTo(new Limits(1_000, 1_000, 1_000_000, 600, Duration.ofMillis(1_200)));
    }

    @Test
    void aWiderSpreadCountsForSlotsThatAreLeasedFromThenOn() {
        assertRateAfterChangeTo(new Limits(1_000, 1_000, 1_000_000, 0, Duration.ofSeconds(5)));
    }

    @Test
    void aMaximumBelowWhatIsCommittedTakesNoNewDeviceAndOneAboveItDoes() {
        take(here);
        take(here);
        clock.advance(Duration.ofSeconds(20));
        here.tidy();
        limits = Instances.limits(1_000, 1);
        assertThat(here.take(limits, true)).isInstanceOf(SlotOutcome.Full.class);
        assertThat(here.take(limits, false)).isInstanceOf(Reservation.class);
        limits = Instances.limits(1_000, 3);
        clock.advance(SETTINGS.ledgerFreshFor());
        assertThat(here.take(limits, true)).isInstanceOf(Reservation.class);
    }

    @Test
    void aJumpOfTheLedgerLosesTheTimeItCoversAndNoMore() {
        ledgers.swap(instance.id(), null, new Ledger(clock.instant().plus(Duration.ofDays(3_650)), 7));
        assertThat(here.take(limits, true)).isInstanceOf(SlotOutcome.Beyond.class);
        assertThat(events.capped).isEqualTo(1);
        clock.advance(SETTINGS.ledgerMargin().plusSeconds(1));
        assertThat(take(there)).isBeforeOrEqualTo(clock.instant().plus(SETTINGS.horizon()));
        assertThat(ledgers.of(instance.id()).committed()).isGreaterThanOrEqualTo(8);
    }

    /** What the old limit gave ends with a block; from there on the new spacing holds. */
    private void assertRateAfterChangeTo(Limits changed) {
        IntStream.range(0, 40).forEach(_ -> take(here));
        Instant end = ledgers.of(instance.id()).slotsGivenUntil();
        limits = changed;
        var slots = IntStream.range(0, 200)
                .mapToObj(_ -> take(here))
                .filter(slot -> !slot.isBefore(end))
                .toList();
        assertThat(slots).hasSizeGreaterThan(150);
        assertThat(slots.getFirst()).isEqualTo(end);
        for (int i = 1; i < slots.size(); i++) {
            assertThat(Duration.between(slots.get(i - 1), slots.get(i)))
                    .isEqualTo(SlotSpacing.of(changed).interval());
        }
    }

    private void aRush(InstanceTimeline replica) {
        IntStream.range(0, 20).forEach(_ -> take(replica));
    }

    private void devicesAreThrottled(int devices) {
        IntStream.range(0, devices)
                .forEach(i -> here.reported("device-" + i, clock.instant(), RegistrationResult.THROTTLED));
    }

    private InstanceTimeline replica() {
        return new InstanceTimeline(instance.id(), ledgers, SETTINGS, clock, Runnable::run, events);
    }

    private Instant take(InstanceTimeline replica) {
        var outcome = replica.take(limits, true);
        assertThat(outcome).isInstanceOf(Reservation.class);
        return ((Reservation) outcome).slot();
    }
}
