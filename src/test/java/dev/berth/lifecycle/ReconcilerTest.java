package dev.berth.lifecycle;

import static dev.berth.lifecycle.ReconciliationFixture.GROUP;
import static dev.berth.lifecycle.ReconciliationFixture.HUB;
import static dev.berth.lifecycle.ReconciliationFixture.group;
import static dev.berth.lifecycle.ReconciliationFixture.registration;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.RemoteRegistration.Status;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Ticket;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.documents.DeviceDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconcilerTest {
    private final ReconciliationFixture berth = new ReconciliationFixture();

    @Nested
    class RegistrationsAreCounted {
        @Test
        void pageByPageAndSummedOverAllGroupsWhoeverMadeThem() {
            berth.settings = berth.settings.withPageSize(2);
            berth.dpsHere.place(group("somebody-elses"));
            register(GROUP, 5);
            register("somebody-elses", 3);

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(berth.settled().count().groups())
                    .containsExactly(
                            new GroupCount(GROUP, true, 5, true), new GroupCount("somebody-elses", true, 3, true));
            assertThat(berth.settled().settlement().counted()).isEqualTo(8);
            assertThat(berth.dpsHere.calls().stream().filter(call -> call.startsWith("list")))
                    .hasSize(1 + 3 + 2);
            assertThat(berth.newest().operations()).isEqualTo(6);
        }

        @Test
        void alsoThoseThatADeletedGroupLeftBehind() {
            berth.dpsHere.place(group("old"));
            register("old", 4);
            berth.reconcile();
            berth.dpsHere.deleteGroup(
                    "old",
                    requireNonNull(berth.dpsHere.findGroup("old").orElseThrow().etag()));

            berth.clock.advance(Duration.ofHours(6));
            berth.reconcile();

            assertThat(berth.settled().count().groups()).contains(new GroupCount("old", false, 4, true));
            assertThat(berth.settled().settlement().counted()).isEqualTo(4);
        }

        @Test
        void onceThoughADeviceGoesFromOneGroupToAnother() {
            berth.dpsHere.place(group("other"));
            berth.dpsHere.register(GROUP, berth.assigned("a"));
            berth.dpsHere.register("other", berth.assigned("A"));

            berth.reconcile();

            assertThat(berth.settled().settlement().counted()).isEqualTo(1);
        }

        @Test
        void withNothingThereToo() {
            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.DONE);
            assertThat(berth.settled().settlement()).isEqualTo(new Settlement(0, 0, 0));
        }
    }

    @Nested
    class ADeviceIsConfirmed {
        @Test
        void fromToldToRegistered() {
            berth.told("a", berth.here);
            berth.dpsHere.register(GROUP, berth.assigned("A"));

            berth.reconcile();

            assertThat(berth.device("a").state()).isInstanceOfSatisfying(DeviceState.Registered.class, state -> {
                assertThat(state.assignedHub()).isEqualTo(HUB);
                assertThat(state.assignment().instance()).isEqualTo(berth.here.id());
            });
            assertThat(berth.settled().count().tally().confirmed()).isEqualTo(1);
        }

        @Test
        void asFailedWithDpssReason() {
            toldAndThen(Status.FAILED);

            berth.reconcile();

            assertThat(berth.device("a").state()).isInstanceOfSatisfying(DeviceState.Failed.class, state -> {
                assertThat(state.errorCode()).isEqualTo(400_207);
                assertThat(state.errorMessage()).isEqualTo("no");
            });
            assertThat(berth.settled().count().tally().failed()).isEqualTo(1);
        }

        @Test
        void asFailedIfDpsDisabledIt() {
            toldAndThen(Status.DISABLED);

            berth.reconcile();

            assertThat(berth.device("a").state().kind()).isEqualTo(DeviceState.Kind.FAILED);
        }

        @ParameterizedTest
        @EnumSource(
                value = Status.class,
                names = {"UNASSIGNED", "ASSIGNING"})
        void butNotByARegistrationThatIsStillGoingOn(Status status) {
            var told = toldAndThen(status);

            berth.reconcile();

            assertThat(berth.device("a")).isEqualTo(told);
        }

        @Test
        void butNotByARegistrationOlderThanWhatItWasToldLast() {
            var told = berth.told("a", berth.here);
            berth.dpsHere.register(
                    GROUP,
                    registration("a", Status.ASSIGNED, HUB, told.stateSince().minusSeconds(6)));

            berth.reconcile();

            assertThat(berth.device("a")).isEqualTo(told);
            assertThat(berth.settled().settlement().counted()).isEqualTo(1);
        }

        @Test
        void withAClockOfDpsThatIsALittleBehind() {
            var told = berth.told("a", berth.here);
            berth.dpsHere.register(
                    GROUP,
                    registration("a", Status.ASSIGNED, HUB, told.stateSince().minusSeconds(5)));

            berth.reconcile();

            assertThat(berth.device("a").state().kind()).isEqualTo(DeviceState.Kind.REGISTERED);
        }

        @Test
        void butNotByARegistrationOfUnknownAge() {
            var told = berth.told("a", berth.here);
            berth.dpsHere.register(GROUP, registration("a", Status.ASSIGNED, HUB, null));

            berth.reconcile();

            assertThat(berth.device("a")).isEqualTo(told);
        }

        @Test
        void atTheHubToWhichDpsMovedIt() {
            berth.registered("a", berth.here, "old.azure-devices.net");
            berth.dpsHere.register(GROUP, berth.assigned("a"));

            berth.reconcile();

            assertThat(((DeviceState.Registered) berth.device("a").state()).assignedHub())
                    .isEqualTo(HUB);
            assertThat(berth.settled().count().tally().hubsChanged()).isEqualTo(1);
        }

        @Test
        void atTheHubThatItDidNotReport() {
            var registered = berth.registered("a", berth.here, null);
            berth.dpsHere.register(
                    GROUP,
                    registration(
                            "a", Status.ASSIGNED, HUB, registered.stateSince().minusSeconds(60)));

            berth.reconcile();

            assertThat(((DeviceState.Registered) berth.device("a").state()).assignedHub())
                    .isEqualTo(HUB);
        }

        @Test
        void andNotWrittenIfNothingIsNewButTheSpelling() {
            var registered = berth.registered("a", berth.here, "Contoso-1.Azure-Devices.net");
            berth.dpsHere.register(GROUP, berth.assigned("a"));

            berth.reconcile();

            assertThat(berth.device("a")).isEqualTo(registered);
        }

        @Test
        void unlessItIsFasterItself() {
            berth.told("a", berth.here);
            berth.dpsHere.register(GROUP, berth.assigned("a"));
            var moves = new AtomicInteger();
            berth.store.before((operation, collection, key) -> {
                if (operation == Operation.REPLACE
                        && collection.equals(DeviceDocuments.DEVICES)
                        && moves.getAndIncrement() == 0) {
                    moveTo(berth.there.id());
                }
            });

            berth.reconcile();

            assertThat(berth.device("a").assignment().orElseThrow().generation())
                    .isEqualTo(2);
            assertThat(berth.findings(Finding.Kind.ELSEWHERE))
                    .extracting(Finding::registrationId)
                    .containsExactly("a");
        }

        private Device toldAndThen(Status status) {
            var told = berth.told("a", berth.here);
            berth.dpsHere.register(GROUP, registration("a", status, null, berth.clock.instant()));
            return told;
        }

        private void moveTo(DpsInstanceId instance) {
            var found = berth.devices
                    .find(ReconciliationFixture.CONTOSO, berth.device("a").registrationId())
                    .orElseThrow();
            var old = found.value();
            berth.devices.replace(
                    new Device(
                            old.origin(),
                            old.owner(),
                            old.registrationId(),
                            old.hardwareId(),
                            old.trustAnchor(),
                            old.thumbprint(),
                            new DeviceState.Told(new Assignment(instance, 2, berth.clock.instant())),
                            old.firstSeen(),
                            berth.clock.instant(),
                            old.slotsPaidUntil()),
                    found.version());
        }
    }

    @Nested
    class WhatDoesNotFitIsListed {
        @Test
        void elsewhere() {
            berth.told("a", berth.there);
            var registration = berth.assigned("a");
            berth.dpsHere.register(GROUP, registration);

            berth.reconcile();

            assertThat(berth.findings(Finding.Kind.ELSEWHERE))
                    .containsExactly(
                            new Finding(Finding.Kind.ELSEWHERE, "a", berth.there.id(), registration.updatedAt()));
            assertThat(berth.device("a").state().kind()).isEqualTo(DeviceState.Kind.TOLD);
        }

        @Test
        void twice() {
            berth.told("a", berth.there);
            berth.dpsHere.register(GROUP, berth.assigned("a"));
            berth.dpsThere.register(GROUP, berth.assigned("a"));

            berth.reconcile();

            assertThat(berth.findings(Finding.Kind.TWICE))
                    .extracting(Finding::registrationId)
                    .containsExactly("a");
            assertThat(berth.findings(Finding.Kind.ELSEWHERE)).isEmpty();
        }

        @Test
        void elsewhereWhereNobodyCanLook() {
            berth.services.remove(berth.there.id());
            berth.told("a", berth.there);
            berth.dpsHere.register(GROUP, berth.assigned("a"));

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(berth.findings(Finding.Kind.ELSEWHERE)).hasSize(1);
        }

        @Test
        void elsewhereWithoutAskingAnInstanceAgainThatDoesNotAnswer() {
            var looks = new AtomicInteger();
            berth.dpsThere.before(call -> {
                looks.incrementAndGet();
                throw fault(DpsServiceException.Kind.UNAVAILABLE);
            });
            for (var id : List.of("a", "b", "c")) {
                berth.told(id, berth.there);
                berth.dpsHere.register(GROUP, berth.assigned(id));
            }

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(looks).hasValue(1);
            assertThat(berth.findings(Finding.Kind.ELSEWHERE)).hasSize(3);
        }

        @Test
        void unknown() {
            berth.dpsHere.register(GROUP, berth.assigned("Nobody"));
            berth.dpsHere.register(GROUP, berth.assigned("not a name of ours!"));
            berth.add(
                    "waiting",
                    new DeviceState.Waiting(new Ticket(QueueKey.ofInstance(berth.here.id()), 1)),
                    berth.clock.instant());
            berth.dpsHere.register(GROUP, berth.assigned("waiting"));

            berth.reconcile();

            assertThat(berth.findings(Finding.Kind.UNKNOWN))
                    .extracting(Finding::registrationId)
                    .containsExactlyInAnyOrder("Nobody", "not a name of ours!", "waiting");
            assertThat(berth.settled().settlement().committedAfter()).isEqualTo(3);
        }

        @Test
        void missingAndItsNextAskRegistersAgain() {
            var before = berth.registered("a", berth.here, HUB);

            berth.reconcile();

            assertThat(berth.findings(Finding.Kind.MISSING))
                    .containsExactly(new Finding(Finding.Kind.MISSING, "a", berth.here.id(), before.stateSince()));
            assertThat(berth.device("a").state())
                    .isInstanceOfSatisfying(
                            DeviceState.Failed.class,
                            state -> assertThat(state.errorMessage()).contains("no registration"));
            assertThat(berth.device("a").assignment()).isEqualTo(before.assignment());
        }

        @Test
        void notMissingIfALookShowsIt() {
            berth.registered("a", berth.here, HUB);
            berth.dpsHere.register("forgotten group", berth.assigned("a"));

            berth.reconcile();

            assertThat(berth.device("a").state().kind()).isEqualTo(DeviceState.Kind.REGISTERED);
            assertThat(berth.settled().count().tally().ungrouped()).isEqualTo(1);
            assertThat(berth.settled().settlement().counted()).isEqualTo(1);
        }

        @Test
        void notMissingIfItRegisteredAfterTheCountBegan() {
            var registered = berth.add(
                    "a",
                    new DeviceState.Registered(new Assignment(berth.here.id(), 1, berth.clock.instant()), HUB, "a"),
                    berth.clock.instant());

            berth.reconcile();

            assertThat(berth.device("a")).isEqualTo(registered);
        }

        @Test
        void notMissingIfThereIsNoTimeToLook() {
            berth.settings =
                    new ReconciliationSettings(Duration.ofHours(6), 1_000, berth.settings.settleAfter(), 1, 1_000);
            berth.registered("a", berth.here, HUB);
            berth.registered("b", berth.here, HUB);
            berth.commit(2);

            berth.reconcile();

            assertThat(berth.findings(Finding.Kind.MISSING)).hasSize(1);
            assertThat(berth.settled().count().tally().unchecked()).isEqualTo(1);
            assertThat(berth.ledger().committed()).isEqualTo(2);
        }

        @Test
        void upToABoundAndCountedBeyond() {
            register(GROUP, Finding.PER_KIND_MAX + 7);

            berth.reconcile();

            assertThat(berth.findings(Finding.Kind.UNKNOWN)).hasSize(Finding.PER_KIND_MAX);
            assertThat(berth.settled().count().tally().findings())
                    .containsEntry(Finding.Kind.UNKNOWN, Finding.PER_KIND_MAX + 7L);
        }

        @Test
        void notAnyMoreOnceItFits() {
            berth.dpsHere.register(GROUP, berth.assigned("a"));
            berth.reconcile();
            assertThat(berth.findings(Finding.Kind.UNKNOWN)).hasSize(1);

            berth.dpsHere.deleteRegistration("a", null);
            berth.clock.advance(Duration.ofHours(6));
            berth.reconcile();

            assertThat(berth.findings(Finding.Kind.UNKNOWN)).isEmpty();
        }
    }

    @Nested
    class TheLedgerIsSettled {
        @Test
        void soThatLeakedCapacityComesBack() {
            berth.told("a", berth.here);
            berth.dpsHere.register(GROUP, berth.assigned("a"));
            berth.commit(17);

            berth.reconcile();

            assertThat(berth.settled().settlement()).isEqualTo(new Settlement(1, 17, 1));
            assertThat(berth.settled().settlement().difference()).isEqualTo(-16);
            assertThat(berth.ledger().committed()).isEqualTo(1);
        }

        @Test
        void soThatRegistrationsOfOthersCount() {
            register(GROUP, 5);
            berth.commit(2);

            berth.reconcile();

            assertThat(berth.ledger().committed()).isEqualTo(5);
        }

        @Test
        void andWhatIsPromisedStaysCommitted() {
            berth.told("told", berth.here);
            berth.told("registered", berth.here);
            berth.dpsHere.register(GROUP, berth.assigned("registered"));
            berth.commit(2);

            berth.reconcile();

            assertThat(berth.settled().settlement()).isEqualTo(new Settlement(1, 2, 2));
            assertThat(berth.settled().settlement().promised()).isEqualTo(1);
        }

        @Test
        void andWhatIsTakenWhileItCountsStaysTaken() {
            register(GROUP, 3);
            berth.commit(3);
            berth.beforePage(1, () -> berth.commit(berth.ledger().committed() + 16));

            berth.reconcile();

            assertThat(berth.ledger().committed()).isEqualTo(19);
        }

        @Test
        void onceByTheLastOfTwoThatCount() {
            register(GROUP, 3);
            berth.beforePage(1, () -> {
                var read = berth.ledgers.find(berth.here.id()).orElseThrow();
                berth.ledgers.swap(berth.here.id(), read.version(), read.value().counting());
            });

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.FAILED);

            assertThat(berth.ledger().committed()).isZero();
            assertThat(berth.failure()).contains("another count");
        }

        @Test
        void noSoonerThanGrantsOfTheEpochBeforeAreGone() {
            var began = berth.clock.instant();

            berth.reconcile();

            assertThat(Duration.between(began, berth.settled().at())).isEqualTo(berth.settings.settleAfter());
        }
    }

    @Nested
    class ACountThatIsInterrupted {
        @Test
        void goesOnWhereItWasOnAnyReplica() {
            berth.settings = berth.settings.withPageSize(1);
            register(GROUP, 10);
            failAt(6, DpsServiceException.Kind.UNAVAILABLE);

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.INTERRUPTED);
            assertThat(berth.newest().stage().count().registrations()).isEqualTo(5);
            assertThat(berth.newest().interruption()).isEqualTo("as the test wants it");
            berth.dpsHere.before(call -> {});
            assertThat(berth.goOnElsewhere()).isEqualTo(Reconciler.Outcome.BUSY);
            berth.clock.advance(Reconciler.RETRY_AFTER_FAULT);
            int before = berth.dpsHere.calls().size();
            assertThat(berth.goOnElsewhere()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(berth.dpsHere.calls().size() - before).isEqualTo(5);
            assertThat(berth.settled().settlement().counted()).isEqualTo(10);
            assertThat(berth.newest().operations()).isEqualTo(11);
            assertThat(berth.ledger().committed()).isEqualTo(10);
        }

        @Test
        void byACrashGoesOnOnceTheLeaseIsOver() {
            berth.settings = berth.settings.withPageSize(1);
            register(GROUP, 100);
            berth.commit(1);
            crashAt(60);

            assertThat(catchCrash()).isTrue();
            berth.dpsHere.before(call -> {});
            assertThat(berth.goOnElsewhere()).isEqualTo(Reconciler.Outcome.BUSY);
            berth.clock.advance(Reconciliation.LEASE);
            int before = berth.dpsHere.calls().size();
            assertThat(berth.goOnElsewhere()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(berth.dpsHere.calls().size() - before).isBetween(41, 71);
            assertThat(berth.settled().settlement().counted()).isEqualTo(100);
            assertThat(berth.ledger().committed()).isEqualTo(100);
        }

        @Test
        void rightAfterTheLedgerWasSettledSettlesItNotAgain() {
            register(GROUP, 4);
            berth.commit(9);
            var settled = new AtomicInteger();
            berth.store.before((operation, collection, key) -> {
                if (key != null && key.id().equals("reconciliation") && berth.ledgerSettled()) {
                    settled.incrementAndGet();
                    throw new IllegalStateException("crash");
                }
            });
            assertThat(catchCrash()).isTrue();
            assertThat(settled).hasValue(1);
            berth.store.before((operation, collection, key) -> {});
            assertThat(berth.ledger().committed()).isEqualTo(4);
            berth.commit(berth.ledger().committed() + 2);

            berth.clock.advance(Reconciliation.LEASE);
            assertThat(berth.goOnElsewhere()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(berth.ledger().committed()).isEqualTo(6);
            assertThat(berth.settled().settlement().difference()).isEqualTo(-5);
        }

        @Test
        void startsAGroupAnewWhoseContinuationIsNotKnownAnyMore() {
            berth.settings = berth.settings.withPageSize(2);
            register(GROUP, 6);
            failOnceAt(3, DpsServiceException.Kind.REFUSED);

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(berth.settled().count().groups()).containsExactly(new GroupCount(GROUP, true, 6, true));
            assertThat(berth.settled().settlement().counted()).isEqualTo(6);
            assertThat(berth.settled().count().tally().findings()).containsEntry(Finding.Kind.UNKNOWN, 6L);
        }

        @Test
        void givesUpWhenNoContinuationIsEverTaken() {
            berth.settings = berth.settings.withPageSize(2);
            register(GROUP, 6);
            var calls = new AtomicInteger();
            berth.beforePages(number -> {
                calls.set(number);
                if (number % 2 == 0) {
                    throw fault(DpsServiceException.Kind.REFUSED);
                }
            });

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.FAILED);

            assertThat(calls).hasValueLessThan(20);
        }

        @Test
        void byAStopIsNotedAndGoneOnWithAtOnce() {
            berth.settings = berth.settings.withPageSize(1);
            register(GROUP, 5);
            berth.beforePage(3, () -> Thread.currentThread().interrupt());

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.INTERRUPTED);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(berth.newest().stage().count().registrations()).isEqualTo(3);
            assertThat(berth.goOnElsewhere()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(berth.settled().settlement().counted()).isEqualTo(5);
        }

        @Test
        void byTheStoreLosesNoConfirmation() {
            for (int i = 0; i < 5; i++) {
                berth.told("device-" + i, berth.here);
                berth.dpsHere.register(GROUP, berth.assigned("device-" + i));
            }
            var writes = new AtomicInteger();
            berth.store.before((operation, collection, key) -> {
                if (collection.equals(DeviceDocuments.DEVICES)
                        && operation == Operation.REPLACE
                        && writes.incrementAndGet() == 3) {
                    throw new StoreUnavailableException("away", false, Duration.ofSeconds(1), null);
                }
            });

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.INTERRUPTED);
            berth.clock.advance(Reconciler.RETRY_AFTER_FAULT);
            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.DONE);

            for (int i = 0; i < 5; i++) {
                assertThat(berth.device("device-" + i).state().kind()).isEqualTo(DeviceState.Kind.REGISTERED);
            }
        }

        @Test
        void byTheStoreForgetsNothingThatItSaw() {
            register(GROUP, 5);
            var once = new AtomicInteger();
            berth.store.before((operation, collection, key) -> {
                if (operation == Operation.INSERT
                        && key != null
                        && key.id().startsWith("reconciliation-seen")
                        && once.getAndIncrement() == 0) {
                    throw new StoreUnavailableException("away", false, Duration.ofSeconds(1), null);
                }
            });

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.INTERRUPTED);
            berth.clock.advance(Reconciler.RETRY_AFTER_FAULT);
            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.DONE);

            assertThat(berth.settled().settlement()).isEqualTo(new Settlement(5, 0, 5));
        }

        @Test
        void isNotGoneOnWithAfterADay() {
            berth.settings = berth.settings.withPageSize(1);
            register(GROUP, 5);
            failAt(3, DpsServiceException.Kind.UNAVAILABLE);
            berth.reconcile();
            berth.dpsHere.before(call -> {});
            berth.clock.advance(Reconciliation.RESUMED_WITHIN);

            berth.reconcile();

            assertThat(berth.settled().settlement().counted()).isEqualTo(5);
            assertThat(berth.newest().startedAt())
                    .isAfterOrEqualTo(VirtualClock.START.plus(Reconciliation.RESUMED_WITHIN));
        }

        @Test
        void byAReplicaThatTookOverEndsQuietly() {
            register(GROUP, 3);
            berth.beforePages(number -> {
                var found = berth.runs.find(berth.here.id()).orElseThrow();
                berth.runs.swap(
                        berth.here.id(), found.version(), found.value().resumed("other", berth.clock.instant()));
            });

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.BUSY);
            assertThat(berth.ledger().settledEpoch()).isZero();
        }
    }

    @Nested
    class ACountThatCannotBe {
        @Test
        void forWantOfCredentialsSaysSo() {
            berth.services.clear();

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.FAILED);

            assertThat(berth.failure()).isEqualTo("none are configured");
            assertThat(berth.ledger().epoch()).isZero();
        }

        @Test
        void becauseThereAreTooManySaysSoAndSettlesNothing() {
            berth.settings =
                    new ReconciliationSettings(Duration.ofHours(6), 1_000, berth.settings.settleAfter(), 10, 3);
            register(GROUP, 4);
            berth.commit(2);

            assertThat(berth.reconcile()).isEqualTo(Reconciler.Outcome.FAILED);

            assertThat(berth.failure()).contains("more than 3 registrations");
            assertThat(berth.ledger().committed()).isEqualTo(2);
        }

        @Test
        void isTriedAgainAfterAWhileAndAtOnceWhenAsked() {
            berth.services.clear();
            berth.reconcile();
            berth.services.put(berth.here.id(), new DpsServices.Access.Open(berth.dpsHere));
            var hoursAgo = berth.clock.instant().minus(Duration.ofHours(6));

            assertThat(berth.reconciler("a").run(berth.here, berth.inventory, hoursAgo))
                    .isEqualTo(Reconciler.Outcome.RECENT);
            berth.clock.advance(Reconciler.RETRY_AFTER_FAILURE);
            assertThat(berth.reconciler("a").run(berth.here, berth.inventory, hoursAgo))
                    .isEqualTo(Reconciler.Outcome.DONE);
        }

        @Test
        void remembersWhatCameOfTheOneBefore() {
            register(GROUP, 2);
            berth.reconcile();
            berth.clock.advance(Duration.ofHours(6));
            berth.services.clear();

            berth.reconcile();

            assertThat(berth.newest().before())
                    .isInstanceOfSatisfying(
                            Stage.Settled.class,
                            settled ->
                                    assertThat(settled.settlement().counted()).isEqualTo(2));
        }
    }

    @Test
    void oneThatWasDoneIsNotDoneAgainBeforeItIsWanted() {
        berth.reconcile();

        assertThat(berth.reconciler("b").run(berth.here, berth.inventory, Instant.MIN))
                .isEqualTo(Reconciler.Outcome.RECENT);
        berth.clock.advance(Duration.ofSeconds(1));
        assertThat(berth.reconciler("b").run(berth.here, berth.inventory, berth.clock.instant()))
                .isEqualTo(Reconciler.Outcome.DONE);
    }

    private void register(String group, int devices) {
        for (int i = 0; i < devices; i++) {
            berth.dpsHere.register(group, berth.assigned(group + "-" + i));
        }
    }

    private void failAt(int page, DpsServiceException.Kind kind) {
        berth.beforePages(number -> {
            if (number >= page) {
                throw fault(kind);
            }
        });
    }

    private void failOnceAt(int page, DpsServiceException.Kind kind) {
        berth.beforePage(page, () -> {
            throw fault(kind);
        });
    }

    /** With pages that take a second each. */
    private void crashAt(int page) {
        berth.beforePages(number -> {
            berth.clock.advance(Duration.ofSeconds(1));
            if (number == page) {
                throw new IllegalStateException("crash");
            }
        });
    }

    private boolean catchCrash() {
        try {
            berth.reconcile();
            return false;
        } catch (IllegalStateException crash) {
            return true;
        }
    }

    private static DpsServiceException fault(DpsServiceException.Kind kind) {
        return new DpsServiceException(kind, "as the test wants it", null);
    }
}
