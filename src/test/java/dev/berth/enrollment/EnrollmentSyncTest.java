package dev.berth.enrollment;

import static dev.berth.enrollment.EnrollmentFixture.CONTOSO;
import static dev.berth.enrollment.EnrollmentFixture.FACTORY;
import static dev.berth.enrollment.EnrollmentFixture.LINE;
import static dev.berth.enrollment.EnrollmentFixture.NOW;
import static dev.berth.enrollment.EnrollmentFixture.REMOTE_ID;
import static dev.berth.enrollment.EnrollmentFixture.anchor;
import static dev.berth.enrollment.EnrollmentFixture.disabled;
import static dev.berth.enrollment.EnrollmentFixture.foreign;
import static dev.berth.enrollment.EnrollmentFixture.group;
import static dev.berth.enrollment.EnrollmentFixture.instance;
import static dev.berth.enrollment.EnrollmentFixture.remote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.enrollment.DpsServiceException.Kind;
import dev.berth.enrollment.EnrollmentSync.Outcome;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.AllocationPolicy;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.EnrollmentStanding;
import dev.berth.inventory.EnrollmentStanding.State;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.Pools;
import dev.berth.inventory.ReprovisionPolicy;
import dev.berth.inventory.Tenant;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.Key;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EnrollmentSyncTest {
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Catalogs catalogs = InventoryDocuments.over(store);
    private final SyncRuns runs = new SyncRunDocuments(store);
    private final InMemoryDps dps = new InMemoryDps();
    private final Pools pools = new Pools(catalogs);
    private final DpsInstance eu = instance("eu", EnrollmentPolicy.EXTERNAL, 100);
    private final TrustAnchor factory = anchor("factory", FACTORY);
    private Instant now = NOW;
    private DpsServices services = asked -> new DpsServices.Access.Open(dps);

    @BeforeEach
    void aTenantWithAnAnchorAndAnInstance() {
        catalogs.tenants().insert(new Tenant(CONTOSO, "Contoso", null));
        catalogs.dpsInstances().insert(eu);
        catalogs.trustAnchors().insert(factory);
    }

    @Nested
    class AManagedGroup {
        @BeforeEach
        void isDeclared() {
            catalogs.enrollmentGroups().insert(group("g", "eu", "factory", EnrollmentPolicy.MANAGED));
        }

        @Test
        void isMadeAndThenLetsDevicesIn() {
            assertThat(pool()).isEmpty();

            assertThat(run()).isEqualTo(Outcome.DONE);

            assertThat(dps.groups()).singleElement().satisfies(made -> {
                assertThat(made.id()).isEqualTo(REMOTE_ID);
                assertThat(made.mark()).isEqualTo(new RemoteGroup.Mark(CONTOSO, "factory", "g"));
                assertThat(made.enabled()).isTrue();
            });
            assertThat(standing("g").state()).isEqualTo(State.STANDING);
            assertThat(pool()).containsExactly("eu");
        }

        @Test
        void costsOneLookWhereItStands() {
            run();
            int before = dps.calls().size();

            run();

            assertThat(dps.calls().subList(before, dps.calls().size())).containsExactly("listGroups");
        }

        @Test
        void isEnabledAgainWhenSomebodyDisabledIt() {
            run();
            dps.place(disabled(dps.groups().getFirst()));

            run();

            assertThat(dps.groups().getFirst().enabled()).isTrue();
            assertThat(standing("g").state()).isEqualTo(State.STANDING);
        }

        @Test
        void getsItsCertificateBack() {
            run();
            dps.place(remote(REMOTE_ID, LINE, new RemoteGroup.Mark(CONTOSO, "factory", "g")));

            run();

            assertThat(dps.groups().getFirst().attestation())
                    .isEqualTo(new Attestation.SigningCertificates(Attestation.Signer.of(FACTORY.certificate()), null));
        }

        @Test
        void isMadeAgainWhenSomebodyDeletedIt() {
            run();
            dps.remove(REMOTE_ID);

            run();

            assertThat(dps.groups()).hasSize(1);
        }

        @Test
        void neverOverwritesAGroupOfItsNameThatIsNotOurs() {
            dps.place(foreign(REMOTE_ID, LINE));

            run();

            assertThat(dps.writes()).isEmpty();
            assertThat(standing("g").state()).isEqualTo(State.REFUSED);
            assertThat(standing("g").detail()).contains("not Berth's");
            assertThat(pool()).isEmpty();
        }

        @Test
        void givesWayToAnotherGroupWithTheAnchorsCertificateWhichThenLetsDevicesIn() {
            dps.place(foreign("by-hand", FACTORY));

            run();

            assertThat(dps.writes()).isEmpty();
            assertThat(standing("g").state()).isEqualTo(State.REFUSED);
            assertThat(standing("g").detail()).contains("by-hand");
            assertThat(pool()).containsExactly("eu");
        }

        @Test
        void isRefusedWithDpssOwnWords() {
            dps.before(call -> {
                if (call.startsWith("putGroup")) {
                    throw new DpsServiceException(Kind.REFUSED, "no such hub", null);
                }
            });

            assertThat(run()).isEqualTo(Outcome.DONE);

            assertThat(standing("g").state()).isEqualTo(State.REFUSED);
            assertThat(standing("g").detail()).contains("no such hub");
        }

        @Test
        void isLookedAtAfterAWriteWhoseOutcomeIsUnknown() {
            dps.after(call -> {
                if (call.startsWith("putGroup")) {
                    throw InMemoryDps.fault(Kind.OUTCOME_UNKNOWN);
                }
            });

            run();

            assertThat(dps.writes()).hasSize(1);
            assertThat(standing("g").state()).isEqualTo(State.STANDING);
        }

        @Test
        void losesToSomebodyElsesChangeOfTheSameMomentAndRepairsItNextTime() {
            run();
            dps.place(disabled(dps.groups().getFirst()));
            dps.before(call -> {
                if (call.startsWith("putGroup")) {
                    dps.before(other -> {});
                    dps.place(disabled(dps.groups().getFirst()));
                }
            });

            run();
            assertThat(standing("g").state()).isEqualTo(State.DRIFTED);
            run();

            assertThat(standing("g").state()).isEqualTo(State.STANDING);
        }

        @Test
        void staysInThePoolWhileNobodyCanLook() {
            run();
            dps.before(call -> {
                throw InMemoryDps.fault(Kind.UNAVAILABLE);
            });

            assertThat(run()).isEqualTo(Outcome.FAILED);

            assertThat(standing("g").state()).isEqualTo(State.UNREACHABLE);
            assertThat(pool()).containsExactly("eu");
        }

        @Test
        void isNotBelievedToStandBeforeSomebodyHasLooked() {
            services = asked -> new DpsServices.Access.Closed(DpsServices.Reason.UNKNOWN_CREDENTIALS, "no credentials");

            assertThat(run()).isEqualTo(Outcome.FAILED);

            assertThat(standing("g").detail()).isEqualTo("no credentials");
            assertThat(pool()).isEmpty();
        }

        @Test
        void goesWhenItIsDeletedFromTheInventoryAndItsDevicesRegistrationsAreReported() {
            run();
            delete("g");

            run();

            assertThat(dps.groups()).isEmpty();
            assertThat(runs.find(eu.id()).orElseThrow().value().notes())
                    .singleElement()
                    .asString()
                    .contains(REMOTE_ID, "keep counting");
        }

        @Test
        void staysWhileItsEntryInTheInventoryIsOneThatThisProgramCannotRead() {
            run();
            delete("g");
            store.insert(
                    new Key(InventoryDocuments.COLLECTION, "contoso", "enrollment-group/g"),
                    "{\"format\":2,\"kind\":\"enrollment-group\",\"tenantKind\":\"contoso/enrollment-group\"}"
                            .getBytes(StandardCharsets.UTF_8));

            run();

            assertThat(dps.groups()).hasSize(1);
        }

        @Test
        void staysWhenItIsDeclaredUnderAnotherNameMeanwhile() {
            run();
            delete("g");
            catalogs.enrollmentGroups().insert(group("renamed", "eu", "factory", EnrollmentPolicy.MANAGED));

            run();

            assertThat(dps.groups())
                    .singleElement()
                    .satisfies(kept ->
                            assertThat(kept.mark()).isEqualTo(new RemoteGroup.Mark(CONTOSO, "factory", "renamed")));
        }

        @Test
        void goesWithItsAnchor() {
            run();
            catalogs.trustAnchors()
                    .find(CONTOSO, "factory")
                    .ifPresent(found -> catalogs.trustAnchors().delete(CONTOSO, "factory", found.version()));

            run();

            assertThat(dps.groups()).isEmpty();
        }

        @Test
        void staysWhenItBecomesTheOperatorsOwn() {
            run();
            delete("g");
            catalogs.enrollmentGroups().insert(group("own", "eu", "factory", EnrollmentPolicy.EXTERNAL));

            run();

            assertThat(dps.groups()).hasSize(1);
        }

        @Test
        void isNotMadeWhereTheInstanceIsFull() {
            var full = instance("eu", EnrollmentPolicy.EXTERNAL, 1);
            dps.place(foreign("another", LINE));

            run(full);

            assertThat(dps.writes()).isEmpty();
            assertThat(standing("g").detail()).contains("at most 1");
        }

        @Test
        void comesToStandWhereverARunWasCutOff() {
            for (int cut = 0; cut < 3; cut++) {
                var left = new AtomicInteger(cut);
                dps.before(call -> dieUnless(left.getAndDecrement() > 0));
                dps.after(call -> dieUnless(left.getAndDecrement() > 0));
                assertThatThrownBy(EnrollmentSyncTest.this::run).isInstanceOf(Death.class);
                now = now.plus(SyncRun.LEASE);
                dps.before(call -> {});
                dps.after(call -> {});

                assertThat(run()).isEqualTo(Outcome.DONE);

                assertThat(dps.groups()).hasSize(1);
                assertThat(standing("g").state()).isEqualTo(State.STANDING);
                dps.remove(REMOTE_ID);
            }
        }

        private static void dieUnless(boolean alive) {
            if (!alive) {
                throw new Death();
            }
        }

        private static final class Death extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
    }

    @Test
    void settingsAreWrittenAndWhatIsNotSetStaysAsItIs() {
        var settings = new EnrollmentGroup.Settings(
                AllocationPolicy.STATIC, List.of("Hub-1.azure-devices.net"), ReprovisionPolicy.NEVER);
        catalogs.enrollmentGroups().insert(group("g", "eu", "factory", EnrollmentPolicy.MANAGED, settings, true));
        run();
        var made = dps.groups().getFirst();
        assertThat(made.allocationPolicy()).isEqualTo(AllocationPolicy.STATIC);
        assertThat(made.iotHubs()).containsExactly("hub-1.azure-devices.net");
        assertThat(made.reprovisionPolicy()).isEqualTo(ReprovisionPolicy.NEVER);

        delete("g");
        catalogs.enrollmentGroups().insert(group("g", "eu", "factory", EnrollmentPolicy.MANAGED));
        int writes = dps.writes().size();
        run();

        assertThat(dps.writes()).hasSize(writes);
        assertThat(standing("g").state()).isEqualTo(State.STANDING);
    }

    @Test
    void aGroupThatIsDisabledInTheInventoryIsDisabledAtDps() {
        catalogs.enrollmentGroups().insert(group("g", "eu", "factory", EnrollmentPolicy.MANAGED));
        run();
        delete("g");
        catalogs.enrollmentGroups()
                .insert(group(
                        "g", "eu", "factory", EnrollmentPolicy.MANAGED, EnrollmentGroup.Settings.UNSPECIFIED, false));

        run();

        assertThat(dps.groups().getFirst().enabled()).isFalse();
        assertThat(standing("g").state()).isEqualTo(State.DISABLED);
        assertThat(pool()).isEmpty();
    }

    @Nested
    class AVerifiedGroup {
        @BeforeEach
        void isDeclared() {
            catalogs.enrollmentGroups().insert(group("g", "eu", "factory", EnrollmentPolicy.VERIFIED));
        }

        @Test
        void standsByTheCertificateWhateverItsName() {
            dps.place(foreign("made-at-the-portal", FACTORY));

            run();

            assertThat(standing("g").state()).isEqualTo(State.STANDING);
            assertThat(pool()).containsExactly("eu");
        }

        @Test
        void isMissedAndNotMade() {
            run();

            assertThat(dps.writes()).isEmpty();
            assertThat(standing("g").state()).isEqualTo(State.MISSING);
            assertThat(pool()).isEmpty();
        }

        @Test
        void takesTheInstanceOutOfThePoolWhenItIsDisabled() {
            dps.place(foreign("made-at-the-portal", FACTORY));
            run();
            dps.place(disabled(foreign("made-at-the-portal", FACTORY)));

            run();

            assertThat(dps.writes()).isEmpty();
            assertThat(standing("g").state()).isEqualTo(State.DISABLED);
            assertThat(pool()).isEmpty();
        }

        @Test
        void isReportedWhenItCarriesAnotherCertificate() {
            dps.place(foreign("g", LINE));

            run();

            assertThat(dps.writes()).isEmpty();
            assertThat(standing("g").state()).isEqualTo(State.DRIFTED);
            assertThat(standing("g").detail()).contains("certificate");
            assertThat(pool()).isEmpty();
        }
    }

    @Nested
    class AManagedInstance {
        private final DpsInstance managed = instance("eu", EnrollmentPolicy.MANAGED, 100);

        @Test
        void getsAGroupForEachProvenAnchor() {
            catalogs.trustAnchors().insert(anchor("line", LINE));
            catalogs.trustAnchors()
                    .insert(TrustAnchor.unproven(
                            CONTOSO,
                            "unproven",
                            new dev.berth.pki.Pki()
                                    .root("Other", dev.berth.pki.KeyAlgorithm.P_256)
                                    .certificate()));

            run(managed);

            assertThat(dps.groups())
                    .extracting(RemoteGroup::id)
                    .containsExactly("berth.contoso.factory", "berth.contoso.line");
            assertThat(catalogs.enrollmentGroups().list(CONTOSO, 10, null).values())
                    .extracting(found -> found.value().name())
                    .containsExactly("factory-at-eu", "line-at-eu");
            assertThat(pool()).containsExactly("eu");
        }

        @Test
        void leavesAnAnchorAloneThatHasADeclaredGroup() {
            catalogs.enrollmentGroups().insert(group("own", "eu", "factory", EnrollmentPolicy.EXTERNAL));

            run(managed);

            assertThat(dps.groups()).isEmpty();
        }
    }

    @Nested
    class TwoReplicas {
        @Test
        void doNotRunAtOnce() {
            catalogs.enrollmentGroups().insert(group("g", "eu", "factory", EnrollmentPolicy.MANAGED));
            var other = new java.util.ArrayList<Outcome>();
            dps.before(call -> {
                if (call.startsWith("putGroup")) {
                    other.add(sync("other").run(eu, snapshot(), Instant.MAX));
                }
            });

            run();

            assertThat(other).containsExactly(Outcome.BUSY);
        }

        @Test
        void takeOverFromOneThatDied() {
            runs.swap(eu.id(), null, SyncRun.started("dead", now));
            assertThat(run()).isEqualTo(Outcome.BUSY);
            now = now.plus(SyncRun.LEASE);

            assertThat(run()).isEqualTo(Outcome.DONE);
        }

        @Test
        void doNotRepeatWhatTheOtherHasJustDone() {
            run();

            assertThat(sync("other").run(eu, snapshot(), now.minus(Duration.ofMinutes(1))))
                    .isEqualTo(Outcome.RECENT);
        }

        @Test
        void stopWhenTheLeaseIsTakenAway() {
            catalogs.enrollmentGroups().insert(group("g", "eu", "factory", EnrollmentPolicy.MANAGED));
            dps.before(call -> runs.find(eu.id())
                    .ifPresent(found -> runs.swap(eu.id(), found.version(), SyncRun.started("thief", now))));

            assertThat(run()).isEqualTo(Outcome.BUSY);

            assertThat(dps.writes()).isEmpty();
        }
    }

    @Test
    void sixtyInstancesWithThreeAnchorsCostFourOperationsEachAndThenOne() {
        catalogs.trustAnchors().insert(anchor("line", LINE));
        catalogs.trustAnchors()
                .insert(anchor("third", new dev.berth.pki.Pki().root("Third", dev.berth.pki.KeyAlgorithm.P_256)));
        var all = new HashMap<String, InMemoryDps>();
        services = asked ->
                new DpsServices.Access.Open(all.computeIfAbsent(asked.id().name(), _ -> new InMemoryDps()));

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 60; i++) {
                assertThat(run(instance("eu" + i, EnrollmentPolicy.MANAGED, 100)))
                        .isEqualTo(Outcome.DONE);
            }
        }

        assertThat(all.values())
                .hasSize(60)
                .allMatch(one -> one.operations() == 5 && one.groups().size() == 3);
    }

    @Test
    void aCredentialThatIsOnlyHalfGoodIsNoted() {
        services = new DpsServices() {
            @Override
            public Access access(DpsInstance instance) {
                return new Access.Open(dps);
            }

            @Override
            public Optional<String> warning(DpsInstance instance) {
                return Optional.of("the primary is refused");
            }
        };

        run();

        assertThat(runs.find(eu.id()).orElseThrow().value().notes()).containsExactly("the primary is refused");
    }

    @Test
    void groupsBeyondTheFirstPageAreSeenToo() {
        for (int i = 0; i < DpsService.PAGE_MAX + 1; i++) {
            dps.place(foreign("other-" + i, LINE));
        }
        catalogs.enrollmentGroups().insert(group("g", "eu", "factory", EnrollmentPolicy.VERIFIED));
        dps.place(foreign("zz-last", FACTORY));

        run();

        assertThat(standing("g").state()).isEqualTo(State.STANDING);
    }

    private Outcome run() {
        return run(eu);
    }

    private Outcome run(DpsInstance instance) {
        now = now.plusSeconds(1);
        return sync("this").run(instance, snapshot(), now);
    }

    private EnrollmentSync sync(String replica) {
        return new EnrollmentSync(catalogs, services, runs, replica, () -> now, SyncEvents.NONE);
    }

    private InventorySnapshot snapshot() {
        pools.refresh(now);
        return pools.snapshot();
    }

    private List<String> pool() {
        return snapshot().poolFor(CONTOSO, "factory").instances().stream()
                .map(instance -> instance.id().name())
                .toList();
    }

    private EnrollmentStanding standing(String group) {
        return catalogs.enrollmentStandings().find(CONTOSO, group).orElseThrow().value();
    }

    private void delete(String group) {
        catalogs.enrollmentGroups()
                .find(CONTOSO, group)
                .ifPresent(found -> catalogs.enrollmentGroups().delete(CONTOSO, group, found.version()));
    }
}
