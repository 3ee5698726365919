package dev.berth.enrollment;

import static dev.berth.enrollment.EnrollmentFixture.CONTOSO;
import static dev.berth.enrollment.EnrollmentFixture.FACTORY;
import static dev.berth.enrollment.EnrollmentFixture.NOW;
import static dev.berth.enrollment.EnrollmentFixture.anchor;
import static dev.berth.enrollment.EnrollmentFixture.group;
import static dev.berth.enrollment.EnrollmentFixture.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.enrollment.EnrollmentSync.Outcome;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncScheduleTest {
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private final SyncSchedule schedule = new SyncSchedule(INTERVAL);
    private final DpsInstance eu = instance("eu", EnrollmentPolicy.MANAGED, 100);
    private Instant now = NOW;

    @Test
    void anInstanceIsDueWhenItIsFirstSeenAndThenOnceInAnInterval() {
        assertThat(due(snapshot())).hasSize(1);
        attempted(Outcome.DONE);

        assertThat(due(snapshot())).isEmpty();
        now = now.plus(INTERVAL);
        assertThat(due(snapshot())).hasSize(1);
    }

    @Test
    void aChangeOfTheInventoryMakesItDueAtOnce() {
        attempted(Outcome.DONE);

        assertThat(due(snapshot(group("g", "eu", "factory", EnrollmentPolicy.MANAGED))))
                .hasSize(1);
    }

    @Test
    void anInstanceWithoutCredentialsIsNeverDueNorOnRequest() {
        var bare = new DpsInstance(
                eu.id(),
                eu.idScope(),
                eu.globalEndpoint(),
                eu.serviceEndpoint(),
                null,
                null,
                null,
                eu.limits(),
                1,
                DpsInstance.State.ACTIVE);
        var inventory = InventorySnapshot.of(
                List.of(new Tenant(CONTOSO, "Contoso", null)), List.of(bare), List.of(), List.of());

        assertThat(schedule.due(inventory, now)).isEmpty();
        assertThat(schedule.request(bare, inventory, now)).isFalse();
    }

    @Test
    void aRequestMakesItDueAndIsNotForgottenByTheRunThatWasOnItsWay() {
        var before = due(snapshot()).getFirst();
        now = now.plusSeconds(1);
        assertThat(schedule.request(eu, snapshot(), now)).isTrue();

        schedule.attempted(before, Outcome.DONE, now);

        assertThat(due(snapshot()))
                .singleElement()
                .satisfies(due -> assertThat(due.wantedSince()).isEqualTo(now));
    }

    @Test
    void afterAFailureItIsTriedAgainSooner() {
        attempted(Outcome.FAILED);
        now = now.plus(SyncSchedule.RETRY_AFTER_FAILURE);

        assertThat(due(snapshot())).hasSize(1);
    }

    @Test
    void whileAnotherReplicaIsAtItTheWishStays() {
        var wanted = due(snapshot()).getFirst().wantedSince();
        attempted(Outcome.BUSY);
        assertThat(due(snapshot())).isEmpty();
        now = now.plus(SyncSchedule.LOOK_AGAIN);

        assertThat(due(snapshot()))
                .singleElement()
                .satisfies(due -> assertThat(due.wantedSince()).isEqualTo(wanted));
    }

    private void attempted(Outcome outcome) {
        schedule.attempted(due(snapshot()).getFirst(), outcome, now);
    }

    private List<SyncSchedule.Due> due(InventorySnapshot inventory) {
        return schedule.due(inventory, now);
    }

    private InventorySnapshot snapshot(EnrollmentGroup... groups) {
        return InventorySnapshot.of(
                List.of(new Tenant(CONTOSO, "Contoso", null)),
                List.of(eu),
                List.of(anchor("factory", FACTORY)),
                List.of(groups));
    }
}
