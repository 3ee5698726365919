package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.Limits;
import dev.berth.scheduling.SlotOutcome.Full;
import dev.berth.scheduling.SlotOutcome.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstanceTimelineTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private final DpsInstance instance = Instances.named("dps-1", Instances.perMinute(1_000));
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLedgers ledgers = new InMemoryLedgers();
    private final CountingEvents events = new CountingEvents();
    private Limits limits = instance.limits();

    @Test
    void anIdleReplicaLeasesOneSlotAtATime() {
        var replica = replica();
        for (int i = 0; i < 5; i++) {
            given(replica);
            clock.advance(Duration.ofSeconds(20));
        }
        assertThat(events.slotsLeased).isEqualTo(5);
        assertThat(events.dropped).isZero();
    }

    @Test
    void aRushLeasesEverLargerBlocksUpToTheMaximum() {
        var replica = replica();
        IntStream.range(0, 800).forEach(i -> given(replica));
        assertThat(ledgers.writes).isLessThan(2 * 800 / SETTINGS.blockSlotsMax() + 10);
    }

    @Test
    void theNextSlotsAreLeasedBeforeTheLastIsSpent() {
        var ahead = new ArrayList<Runnable>();
        var replica = new InstanceTimeline(instance.id(), ledgers, SETTINGS, clock, ahead::add, events);
        IntStream.range(0, 3).forEach(i -> given(replica));
        assertThat(ahead).hasSize(1);
        ahead.getFirst().run();
        int calls = ledgers.calls;
        IntStream.range(0, 3).forEach(i -> given(replica));
        assertThat(ledgers.calls).isEqualTo(calls);
    }

    @Test
    void whatWasSeenByAClockThatWasAheadIsLookedAtAgainOnceItIsRight() {
        limits = Instances.limits(1_000, 1);
        var machine = new MachineClock(clock);
        var replica = new InstanceTimeline(instance.id(), ledgers, SETTINGS, machine, Runnable::run, events);
        var other = replica();
        given(other);
        machine.goesWrongBy(Duration.ofHours(1));
        assertThat(replica.take(limits, true)).isInstanceOf(Full.class);
        machine.goesWrongBy(Duration.ZERO);
        ledgers.swap(instance.id(), "1", new Ledger(clock.instant(), 0));

        assertThat(replica.take(limits, true)).isInstanceOf(Reservation.class);
    }

    @Test
    void aLeaseAheadThatComesAfterTheReleaseLeasesNothing() {
        var ahead = new ArrayList<Runnable>();
        var replica = new InstanceTimeline(instance.id(), ledgers, SETTINGS, clock, ahead::add, events);
        IntStream.range(0, 3).forEach(i -> given(replica));
        replica.release();
        var released = ledgers.of(instance.id());
        ahead.getFirst().run();
        assertThat(ledgers.of(instance.id())).isEqualTo(released);
    }

    @Test
    void slotsOfAllReplicasKeepTheirDistance() {
        var replicas = List.of(replica(), replica(), replica());
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        var slots = new ArrayList<Instant>();
        for (int i = 0; i < 3_000; i++) {
            slots.add(given(replicas.get(random.nextInt(3))).slot());
            clock.advance(Duration.ofMillis(random.nextInt(60)));
        }
        assertDistance(slots, SlotSpacing.of(limits).interval());
    }

    @Test
    void aSlotThatHasOpenedIsDroppedAndNeverGiven() {
        var replica = replica();
        IntStream.range(0, 20).forEach(i -> given(replica));
        clock.advance(Duration.ofSeconds(60));
        assertThat(given(replica).slot()).isAfter(clock.instant());
        assertThat(events.dropped).isPositive();
        assertThat(events.given + events.dropped).isLessThanOrEqualTo(events.slotsLeased);
    }

    @Test
    void aCrashWastesAtMostOneBlock() {
        var crashed = replica();
        Instant last = IntStream.range(0, 100)
                .mapToObj(i -> given(crashed).slot())
                .toList()
                .getLast();
        Instant next = given(replica()).slot();
        long wasted = SlotSpacing.of(limits).fitInto(Duration.between(last, next)) - 1;
        assertThat(wasted).isBetween(0L, (long) SETTINGS.blockSlotsMax());
    }

    @Test
    void aGracefulStopReturnsTheTailAndAllCapacity() {
        var stopped = replica();
        Instant last = IntStream.range(0, 100)
                .mapToObj(i -> given(stopped).slot())
                .toList()
                .getLast();
        stopped.release();
        assertThat(ledgers.of(instance.id()).slotsGivenUntil())
                .isEqualTo(SlotSpacing.of(limits).after(last, 1));
        assertThat(ledgers.of(instance.id()).committed()).isEqualTo(100);
    }

    @Test
    void theTailStaysWhenAnotherReplicaLeasedLaterSlots() {
        var stopped = replica();
        IntStream.range(0, 100).forEach(i -> given(stopped));
        given(replica());
        Instant end = ledgers.of(instance.id()).slotsGivenUntil();
        stopped.release();
        assertThat(ledgers.of(instance.id()).slotsGivenUntil()).isEqualTo(end);
        assertThat(ledgers.of(instance.id()).committed()).isEqualTo(101);
        assertThat(given(stopped).slot()).isBefore(end);
    }

    @Test
    void whatWasGivenBackIsGivenAgain() {
        var replica = replica();
        var reservation = given(replica);
        replica.giveBack(reservation);
        assertThat(given(replica)).isEqualTo(reservation);
        replica.release();
        assertThat(ledgers.of(instance.id()).committed()).isEqualTo(1);
    }

    @Test
    void capacityIsNeverPassedAndUsedToTheLast() {
        limits = Instances.limits(1_000, 500);
        var replicas = List.of(replica(), replica(), replica());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        int given = 0;
        for (int i = 0; i < 2_000; i++) {
            given += replicas.get(random.nextInt(3)).take(limits, true) instanceof Reservation ? 1 : 0;
            assertThat(ledgers.of(instance.id()).committed()).isLessThanOrEqualTo(500);
            clock.advance(Duration.ofMillis(10));
        }
        clock.advance(Duration.ofSeconds(10));
        replicas.forEach(InstanceTimeline::tidy);
        while (replicas.getFirst().take(limits, true) instanceof Reservation) {
            given++;
        }
        assertThat(given).isEqualTo(500);
        assertThat(ledgers.of(instance.id()).committed()).isEqualTo(500);
    }

    @Test
    void capacityOfAnIdleReplicaGoesBackToOthers() {
        limits = Instances.limits(1_000, 2_000);
        var idle = replica();
        IntStream.range(0, 100).forEach(i -> given(idle));
        idle.tidy();
        assertThat(ledgers.of(instance.id()).committed()).isGreaterThan(100);
        clock.advance(Duration.ofSeconds(10));
        idle.tidy();
        assertThat(ledgers.of(instance.id()).committed()).isEqualTo(100);
    }

    @Test
    void aFullInstanceIsAskedOncePerMoment() {
        limits = Instances.limits(1_000, 1);
        var replica = replica();
        given(replica);
        assertThat(replica.take(limits, true)).isEqualTo(new Full());
        int calls = ledgers.calls;
        IntStream.range(0, 100).forEach(i -> replica.take(limits, true));
        assertThat(ledgers.calls).isEqualTo(calls);
        clock.advance(SETTINGS.ledgerFreshFor());
        limits = Instances.limits(1_000, 2);
        given(replica);
    }

    @Test
    void knownDevicesTakeNoCapacity() {
        limits = Instances.limits(1_000, 1);
        var replica = replica();
        given(replica);
        IntStream.range(0, 50)
                .forEach(i -> assertThat(replica.take(limits, false)).isInstanceOf(Reservation.class));
        assertThat(ledgers.of(instance.id()).committed()).isEqualTo(1);
    }

    @Test
    void anOutageIsMetOncePerRetryAndNotOncePerDevice() {
        var replica = replica();
        ledgers.away = true;
        for (int i = 0; i < 1_000; i++) {
            assertThat(replica.take(limits, true))
                    .isEqualTo(new Unavailable(clock.instant().plusSeconds(3)));
        }
        assertThat(events.unavailable).isEqualTo(1);
        assertThat(ledgers.calls).isEqualTo(1);
        ledgers.away = false;
        clock.advance(Duration.ofSeconds(3));
        given(replica);
    }

    @Test
    void aLeaseWhoseAnswerIsLostIsWastedAndGivesNoSlotTwice() {
        var replica = replica();
        ledgers.answersToLose = 1;
        assertThat(replica.take(limits, true)).isInstanceOf(Unavailable.class);
        Instant lost = ledgers.of(instance.id()).slotsGivenUntil();
        clock.advance(Duration.ofSeconds(1));
        assertThat(given(replica).slot()).isAfterOrEqualTo(lost);
    }

    @Test
    void contentionIsRetriedAndCountedAndBounded() {
        var replica = replica();
        ledgers.swapsToLose = 3;
        given(replica);
        assertThat(events.conflicts).isEqualTo(3);
        ledgers.swapsToLose = Integer.MAX_VALUE;
        assertThat(replica().take(limits, true)).isInstanceOf(Unavailable.class);
        assertThat(events.conflicts).isEqualTo(3 + SETTINGS.leaseAttemptsMax());
    }

    @Test
    void aLedgerInTheFarFutureRecoversWithinTheMargin() {
        ledgers.swap(instance.id(), null, new Ledger(clock.instant().plus(Duration.ofDays(365)), 0));
        var replica = replica();
        assertThat(replica.take(limits, true)).isInstanceOf(SlotOutcome.Beyond.class);
        assertThat(events.capped).isEqualTo(1);
        clock.advance(SETTINGS.ledgerMargin().plusSeconds(1));
        given(replica);
    }

    private InstanceTimeline replica() {
        return new InstanceTimeline(instance.id(), ledgers, SETTINGS, clock, Runnable::run, events);
    }

    private Reservation given(InstanceTimeline replica) {
        var outcome = replica.take(limits, true);
        assertThat(outcome).isInstanceOf(Reservation.class);
        return (Reservation) outcome;
    }

    private static void assertDistance(List<Instant> slots, Duration interval) {
        assertThat(new HashSet<>(slots)).hasSameSizeAs(slots);
        var sorted = slots.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            assertThat(Duration.between(sorted.get(i - 1), sorted.get(i))).isGreaterThanOrEqualTo(interval);
        }
    }
}
