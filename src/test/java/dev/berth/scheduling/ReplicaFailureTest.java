package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever becomes of one of four replicas, the instance sees no more than it allows, and is soon used again. */
class ReplicaFailureTest {
    private static final int LIMIT = 1_000;
    private static final Duration TWO_LEASE_INTERVALS = Duration.ofSeconds(2);

    private final DpsInstance instance = Instances.named("dps-1", Instances.perMinute(LIMIT));
    private final ReplicaGroup group = new ReplicaGroup(4, instance, 42);
    private final ReplicaGroup.Member victim = group.members.getFirst();
    private Instant failedAt = Instant.MIN;

    @BeforeEach
    void allIsWell() {
        group.run(Duration.ofMinutes(1));
        assertThat(victim.admitted).isPositive();
        failedAt = group.truth.instant();
    }

    @AfterEach
    void noMinuteHoldsMoreThanTheLimit() {
        assertThat(group.slots).doesNotHaveDuplicates();
        assertThat(group.worstMinute()).isGreaterThan(LIMIT * 9 / 10).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void aKilledReplicaCostsABlock() {
        victim.runs = false;
        group.run(Duration.ofMinutes(3));
        assertUsedAgainAfter(failedAt);
    }

    @Test
    void aPausedReplicaWakesUpAndGivesNothingOfWhatItHeld() {
        victim.runs = false;
        group.run(Duration.ofMinutes(1));
        Instant wokeUp = group.truth.instant();
        int before = group.slots.size();
        victim.runs = true;
        group.run(Duration.ofMinutes(2));
        assertThat(group.slots.subList(before, group.slots.size()))
                .allSatisfy(slot -> assertThat(slot).isAfter(wokeUp));
        assertUsedAgainAfter(failedAt);
        assertUsedAgainAfter(wokeUp);
    }

    @Test
    void aMachineThatStoodStillWithItsClockGivesNothingOnceItHasLooked() {
        victim.runs = false;
        victim.clock.stops();
        group.run(Duration.ofMinutes(1));
        victim.runs = true;
        victim.clock.goesOn();
        group.run(Duration.ofSeconds(2));
        int admitted = victim.admitted;
        group.run(Duration.ofMinutes(1));
        assertThat(victim.admitted).isEqualTo(admitted);
        victim.clock.goesWrongBy(Duration.ZERO);
        group.run(Duration.ofMinutes(1));
        assertThat(victim.admitted).isGreaterThan(admitted);
        assertUsedAgainAfter(failedAt);
    }

    @Test
    void aReplicaThatIsCutOffGivesWhatItHoldsAndNoMore() {
        victim.cutOff = true;
        int admitted = victim.admitted;
        group.run(Duration.ofMinutes(1));
        assertThat(victim.admitted - admitted).isLessThanOrEqualTo(SchedulingSettings.DEFAULT.blockSlotsMax());
        victim.cutOff = false;
        Instant back = group.truth.instant();
        group.run(Duration.ofMinutes(2));
        assertThat(victim.admitted).isGreaterThan(admitted);
        assertUsedAgainAfter(failedAt);
        assertUsedAgainAfter(back);
    }

    @Test
    void aReplicaWhoseClockIsOffGivesNothingAndMovesNoLedger() {
        int admitted = victim.admitted;
        victim.clock.goesWrongBy(Duration.ofHours(1));
        group.run(Duration.ofMinutes(2));
        assertThat(victim.admitted).isEqualTo(admitted);
        assertUsedAgainAfter(failedAt);
        victim.clock.goesWrongBy(Duration.ofMillis(50));
        group.run(Duration.ofMinutes(1));
        assertThat(victim.admitted).isGreaterThan(admitted);
    }

    @Test
    void clocksAtOppositeEndsOfTheBoundAreGoodEnough() {
        Duration bound = SchedulingSettings.DEFAULT.clockOffsetMax();
        group.members.get(0).clock.goesWrongBy(bound);
        group.members.get(1).clock.goesWrongBy(bound.negated());
        int admitted = victim.admitted;
        group.run(Duration.ofMinutes(3));
        assertThat(victim.admitted).isGreaterThan(admitted);
        assertUsedAgainAfter(failedAt);
    }

    /** Slots that opened before the failure was over are lost, and a dead block may be; after that all is as before. */
    private void assertUsedAgainAfter(Instant event) {
        Instant from = event.plus(TWO_LEASE_INTERVALS);
        assertThat(group.use(from, from.plusSeconds(60))).isGreaterThanOrEqualTo(0.97);
    }
}
