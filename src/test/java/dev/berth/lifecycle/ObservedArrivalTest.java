package dev.berth.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.enrollment.RemoteRegistration;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a count says of how late devices came. */
class ObservedArrivalTest {
    private final ReconciliationFixture berth = new ReconciliationFixture();
    private final List<Duration> arrivals = new ArrayList<>();
    private Instant slot = Instant.MIN;

    @BeforeEach
    void aDeviceIsTold() {
        slot = slotOf(berth.told("a", berth.here));
        berth.events = new ReconciliationEvents() {
            @Override
            public void arrived(DpsInstanceId instance, Duration lateness) {
                arrivals.add(lateness);
            }
        };
    }

    @Test
    void aFirstRegistrationCameWhenItsRecordWasMade() {
        dpsHolds("a", slot.plusMillis(300), slot.plusSeconds(4));
        berth.reconcile();
        assertThat(arrivals).containsExactly(Duration.ofMillis(300));
    }

    @Test
    void aLaterRegistrationCameWhenItsRecordWasTouched() {
        dpsHolds("a", slot.minus(Duration.ofDays(30)), slot.plusMillis(700));
        berth.reconcile();
        assertThat(arrivals).containsExactly(Duration.ofMillis(700));
    }

    @Test
    void aRecordFromBeforeTheSlotSaysNothing() {
        dpsHolds("a", slot.minus(Duration.ofDays(30)), slot.minus(Duration.ofDays(30)));
        berth.reconcile();
        assertThat(arrivals).isEmpty();
    }

    @Test
    void aRecordWithoutTimesSaysNothing() {
        dpsHolds("a", null, null);
        berth.reconcile();
        assertThat(arrivals).isEmpty();
    }

    @Test
    void aDeviceThatReportedItselfIsObservedToo() {
        slot = slotOf(berth.registered("b", berth.here, ReconciliationFixture.HUB));
        dpsHolds("b", slot.plusMillis(200), slot.plusMillis(200));
        berth.reconcile();
        assertThat(arrivals).containsExactly(Duration.ofMillis(200));
    }

    @Test
    void theNextCountDoesNotObserveTheSameAgain() {
        dpsHolds("a", slot.plusMillis(300), slot.plusMillis(300));
        berth.reconcile();
        berth.clock.advance(ReconciliationSettings.DEFAULT.interval());
        berth.reconcile();
        assertThat(arrivals).hasSize(1);
    }

    private void dpsHolds(String id, @Nullable Instant created, @Nullable Instant updated) {
        berth.dpsHere.register(
                ReconciliationFixture.GROUP,
                new RemoteRegistration(
                        id,
                        RemoteRegistration.Status.ASSIGNED,
                        ReconciliationFixture.HUB,
                        id,
                        created,
                        updated,
                        null,
                        null,
                        null));
    }

    private static Instant slotOf(Device device) {
        return device.assignment().orElseThrow().slot();
    }
}
