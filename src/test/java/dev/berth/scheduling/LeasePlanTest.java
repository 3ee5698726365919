package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.Limits;
import dev.berth.scheduling.LeasePlan.Cap;
import dev.berth.scheduling.LeasePlan.Refuse;
import dev.berth.scheduling.LeasePlan.Take;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeasePlanTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private final Instant now = VirtualClock.START;
    private Limits limits = Instances.perMinute(1_000);

    @Test
    void aBlockBeginsWhereTheLedgerEnds() {
        Instant end = now.plusSeconds(30);
        var take = take(new Ledger(end, 0), slots(10));
        assertThat(take.block().from()).isEqualTo(end);
        assertThat(take.next().slotsGivenUntil())
                .isEqualTo(SlotSpacing.of(limits).after(end, 10));
    }

    @Test
    void aBlockBeginsNoEarlierThanTheLead() {
        assertThat(take(Ledger.UNUSED, slots(1)).block().from()).isEqualTo(now.plus(SETTINGS.lead()));
    }

    @Test
    void aBlockEndsWithinTheHorizon() {
        var horizon = now.plus(SETTINGS.horizon());
        var take = take(new Ledger(horizon.minusMillis(100), 0), slots(10));
        assertThat(take.block().size()).isEqualTo(2);
        assertThat(take.block().slot(1)).isBeforeOrEqualTo(horizon);
    }

    @Test
    void aBlockOfASlowInstanceSpansABoundedTime() {
        limits = Instances.perMinute(60);
        assertThat(take(Ledger.UNUSED, slots(16)).block().size()).isEqualTo(4);
        limits = Instances.perMinute(1);
        assertThat(take(Ledger.UNUSED, slots(16)).block().size()).isEqualTo(1);
    }

    @Test
    void beyondTheHorizonThereIsNothing() {
        Instant end = now.plus(SETTINGS.horizon()).plusMillis(1);
        assertThat(plan(new Ledger(end, 0), slots(1))).isEqualTo(new Refuse(new SlotOutcome.Beyond(end)));
    }

    @Test
    void aLedgerThatNoSoundClockWroteIsBroughtBack() {
        var plan = plan(new Ledger(now.plus(Duration.ofDays(365)), 7), slots(1));
        var latest = now.plus(SETTINGS.horizon())
                .plus(SETTINGS.ledgerMargin())
                .plus(SlotSpacing.of(limits).interval());
        assertThat(plan).isEqualTo(new Cap(new Ledger(latest, 7)));
        assertThat(plan(((Cap) plan).next(), slots(1))).isInstanceOf(Refuse.class);
    }

    @Test
    void capacityComesAlongWithSlots() {
        var take = take(new Ledger(now, 1_000), new LeaseNeed(16, true, Grants.NONE, 10));
        assertThat(take.grants()).isEqualTo(10);
        assertThat(take.next().committed()).isEqualTo(1_010);
    }

    @Test
    void capacityThatIsHeldIsNotTakenAgain() {
        var take = take(new Ledger(now, 1_000), new LeaseNeed(1, false, new Grants(10, 0), 3));
        assertThat(take.grants()).isZero();
        assertThat(take.next().committed()).isEqualTo(1_000);
    }

    @Test
    void nobodyStocksTheLastRegistrations() {
        limits = Instances.limits(1_000, 1_000);
        assertThat(take(new Ledger(now, 940), new LeaseNeed(16, true, Grants.NONE, 10))
                        .grants())
                .isEqualTo(1);
        assertThat(take(new Ledger(now, 940), new LeaseNeed(16, false, Grants.NONE, 10))
                        .grants())
                .isZero();
        assertThat(take(new Ledger(now, 999), new LeaseNeed(16, true, Grants.NONE, 10))
                        .next()
                        .committed())
                .isEqualTo(1_000);
    }

    @Test
    void aFullInstanceTakesNoNewDeviceButGivesSlotsToKnownOnes() {
        limits = Instances.limits(1_000, 1_000);
        assertThat(plan(new Ledger(now, 1_000), new LeaseNeed(16, true, Grants.NONE, 10)))
                .isEqualTo(new Refuse(new SlotOutcome.Full()));
        assertThat(take(new Ledger(now, 1_000), slots(4)).block().size()).isEqualTo(4);
    }

    @Test
    void aLoweredMaximumTakesNothingAway() {
        limits = Instances.limits(1_000, 500);
        assertThat(take(new Ledger(now, 1_000), slots(4)).next().committed()).isEqualTo(1_000);
    }

    @Test
    void aNewLimitCountsFromTheNextBlockOn() {
        var before = take(Ledger.UNUSED, slots(10));
        limits = Instances.perMinute(100);
        var after = take(before.next(), slots(4));
        assertThat(after.block().from()).isEqualTo(before.block().until());
        assertThat(Duration.between(after.block().slot(0), after.block().slot(1)))
                .isEqualTo(SlotSpacing.of(limits).interval());
    }

    private static LeaseNeed slots(int slots) {
        return new LeaseNeed(slots, false, Grants.NONE, 0);
    }

    private Take take(Ledger ledger, LeaseNeed need) {
        return (Take) plan(ledger, need);
    }

    private LeasePlan plan(Ledger ledger, LeaseNeed need) {
        return LeasePlan.of(ledger, need, limits, now, SETTINGS);
    }
}
