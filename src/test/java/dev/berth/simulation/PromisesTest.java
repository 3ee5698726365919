package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What would be found if the scheduler did it. */
class PromisesTest {
    private static final int LIMIT = 10;
    private static final int REPLICAS = 1;

    private final SimulationPlan plan =
            Plans.blackout(100, 2, REPLICAS).perMinute(LIMIT).holding(50).plan();
    private final VirtualClock clock = new VirtualClock();
    private final Promises promises = new Promises(plan, new Tenants(plan), clock);

    @Test
    void findsAWindowOverTheLimitWhateverDpsAnswers() {
        var bucket = new DpsModel(new DpsWindow.Fixed(0), LIMIT);
        for (int i = 0; i < LIMIT; i++) {
            promises.arrived(0, bucket, bucket.register(59_000_000_000L));
        }

        var answer = bucket.register(61_000_000_000L);

        assertThatThrownBy(() -> promises.arrived(0, bucket, answer)).hasMessageContaining("saw 11 registrations");
    }

    @Test
    void findsAnAnswerOf429() {
        assertThatThrownBy(() ->
                        promises.arrived(1, new DpsModel(new DpsWindow.Bucket(), LIMIT), DpsModel.Answer.THROTTLED))
                .isInstanceOf(BrokenPromiseException.class)
                .hasMessageContaining("seed 1")
                .hasMessageContaining("429");
    }

    @Test
    void findsADeviceWithTwoInstances() {
        promises.assigned(7, 0, 1);

        assertThatThrownBy(() -> promises.assigned(7, 1, 1)).hasMessageContaining("device 7");
    }

    @Test
    void findsADeviceInAnInstanceThatIsNotForItsTenant() {
        var american = plan.sharedBy(List.of(new Tenancy(1, 1, Geography.AMERICAS)));
        var promises = new Promises(american, new Tenants(american), clock);
        promises.assigned(7, 0, 1);

        assertThatThrownBy(() -> promises.assigned(8, 1, 1)).hasMessageContaining("not for its tenant");
    }

    @Test
    void findsADeviceThatIsGivenToAnInstanceWhichDrains() {
        promises.assigned(7, 0, 1);
        promises.drains(0);
        promises.assigned(8, 0, 1);
        clock.advanceTo(3_000_000_000L);

        assertThatNoException().isThrownBy(() -> promises.assigned(7, 0, 1));
        assertThatThrownBy(() -> promises.assigned(9, 0, 1)).hasMessageContaining("drains");
        promises.drainsNoMore(0);
        assertThatNoException().isThrownBy(() -> promises.assigned(9, 0, 1));
    }

    @Test
    void letsANewGenerationGoElsewhereAndNeverBack() {
        promises.assigned(7, 0, 1);
        promises.assigned(7, 1, 2);

        assertThatThrownBy(() -> promises.assigned(7, 0, 1)).hasMessageContaining("generation");
    }

    @Test
    void findsAnInstanceBeyondItsCapacity() {
        for (int device = 0; device < 50; device++) {
            promises.assigned(device, 0, 1);
        }

        assertThatThrownBy(() -> promises.assigned(50, 0, 1)).hasMessageContaining("was assigned 51 devices");
    }

    @Test
    void findsACommitmentBeyondCapacity() {
        assign(40);
        promises.committed(0, 50);

        assertThatThrownBy(() -> promises.committed(0, 51)).hasMessageContaining("51 registrations are committed");
    }

    @Test
    void findsADeviceWithoutACommitment() {
        assign(10);
        promises.committed(0, 10);

        assertThatThrownBy(() -> promises.committed(0, 9)).hasMessageContaining("1 devices more than are committed");
    }

    @Test
    void findsCapacityThatNobodyHolds() {
        int held = plan.spread().settings().blockSlotsMax() + 1;
        assign(10);
        promises.committed(0, 10 + held);

        assertThatThrownBy(() -> promises.committed(0, 11 + held)).hasMessageContaining("leaked");
        promises.blockLost();
        assertThatNoException().isThrownBy(() -> promises.committed(0, 10 + 2 * held));
        assertThatThrownBy(() -> promises.committed(0, 11 + 2 * held)).hasMessageContaining("leaked");
    }

    private void assign(int devices) {
        for (int device = 0; device < devices; device++) {
            promises.assigned(device, 0, 1);
        }
    }

    @Test
    void findsADeviceThatIsOvertakenByMoreThanTheReplicasHold() {
        int most = REPLICAS * (plan.spread().settings().blockSlotsMax() + 1);
        promises.told(0, 0, 1_000_000);
        for (int i = 0; i < most; i++) {
            promises.told(1 + i, 0, i);
        }

        assertThatThrownBy(() -> promises.told(99, 0, 500)).hasMessageContaining("overtake");
        assertThatNoException().isThrownBy(() -> promises.told(99, 1, 500));
    }
}
