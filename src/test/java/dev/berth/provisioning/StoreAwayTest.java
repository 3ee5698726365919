package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.IdScopeAnswer.Connect;
import dev.berth.provisioning.IdScopeAnswer.Register;
import dev.berth.region.HomeRegions;
import dev.berth.region.Homes;
import dev.berth.region.RegionId;
import dev.berth.region.RegionReach;
import dev.berth.scheduling.ClockOffset;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.StoreTime;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.documents.DeviceDocuments;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices are told while the store cannot be read, and this replica remembers some of them. */
class StoreAwayTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final Duration AGE_MAX = Duration.ofMinutes(10);
    private static final DeviceIdentity DEVICE = Replica.identity(1);
    private static final RegistrationReport HUB = new RegistrationReport.Assigned("hub-1.example", null);
    private static final RegistrationReport FAILURE = new RegistrationReport.Failed(401002, "no enrollment");

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final DpsInstance instance = Instances.named("dps-1", Instances.perMinute(1_000));
    private final List<Boolean> recalls = new ArrayList<>();
    private final Remembering berth = new Remembering(new Replica(store, clock, SETTINGS, List.of(instance)), 100);

    @Test
    void aDeviceWhoseWindowIsOpenIsToldTheSameSlot() {
        var told = (Register) berth.ask(DEVICE);
        away();
        clock.advance(SETTINGS.lead());
        var again = (Register) berth.ask(DEVICE);
        assertThat(again.registerAt()).isEqualTo(told.registerAt());
        assertThat(again.registerAfter()).isZero();
        assertThat(recalls).containsExactly(true);
    }

    @Test
    void aRegisteredDeviceIsToldItsHub() {
        register(berth);
        away();
        assertThat(((Connect) berth.ask(DEVICE)).assignedHub()).isEqualTo("hub-1.example");
    }

    @Test
    void aRegisteredDeviceThatAskedMerelyForItsHubIsRemembered() {
        register(new Remembering(new Replica(store, clock, SETTINGS, List.of(instance)), 100));
        berth.ask(DEVICE);
        away();
        assertThat(berth.ask(DEVICE)).isInstanceOf(Connect.class);
    }

    @Test
    void aDeviceThatNobodyKnowsIsToldToComeBack() {
        away();
        refused(DEVICE);
        assertThat(recalls).containsExactly(false);
    }

    @Test
    void aDeviceWhoseWindowHasPassedNeedsASlotAndIsToldToComeBack() {
        berth.ask(DEVICE);
        clock.advance(SETTINGS.lead().plus(SETTINGS.registerWithin()).plusMillis(1));
        away();
        refused(DEVICE);
    }

    @Test
    void aDeviceThatWantsToRegisterAgainIsToldToComeBack() {
        register(berth);
        away();
        assertThatThrownBy(() -> berth.service.idScope(DEVICE, true))
                .isInstanceOf(RepositoryUnavailableException.class);
    }

    @Test
    void aDeviceWhoseRegistrationFailedIsToldToComeBack() {
        berth.ask(DEVICE);
        berth.service.report(DEVICE, FAILURE);
        away();
        refused(DEVICE);
    }

    @Test
    void aRenewedCertificateWouldHaveToBeWrittenDown() {
        register(berth);
        away();
        refused(new DeviceIdentity(DEVICE.origin(), DEVICE.trustAnchor(), DEVICE.registrationId(), "bb"));
    }

    @Test
    void anotherAnchorOrTenantIsAnotherDevice() {
        register(berth);
        away();
        refused(new DeviceIdentity(DEVICE.origin(), "other", DEVICE.registrationId(), DEVICE.thumbprint()));
        refused(new DeviceIdentity(
                new TenantId("fabrikam"), DEVICE.trustAnchor(), DEVICE.registrationId(), DEVICE.thumbprint()));
    }

    @Test
    void nothingIsRepeatedThatIsTooOld() {
        register(berth);
        away();
        clock.advance(AGE_MAX.minusMillis(1));
        assertThat(berth.ask(DEVICE)).isInstanceOf(Connect.class);
        clock.advance(Duration.ofMillis(1));
        refused(DEVICE);
    }

    @Test
    void nobodyIsSentToAnInstanceThatIsDisabled() {
        register(berth);
        berth.replica.instances = List.of(Instances.inState(instance, DpsInstance.State.DISABLED));
        away();
        refused(DEVICE);
    }

    @Test
    void noSlotIsToldByAReplicaWhoseClockIsNotKnown() {
        var offset = new ClockOffset(StoreTime.sameAs(clock), SETTINGS, clock, () -> 0); // its ticker stands still
        offset.measure();
        var timed = new Remembering(new Replica(store, clock, SETTINGS, List.of(instance), offset), 100);
        assertThat(timed.ask(DEVICE)).isInstanceOf(Register.class);
        away();
        clock.set(clock.instant().minus(SETTINGS.clockSkewMax()));
        assertThatThrownBy(() -> timed.ask(DEVICE)).isInstanceOf(RepositoryUnavailableException.class);
    }

    @Test
    void aReportIsNotTakenBecauseItCouldNotBeWrittenDown() {
        register(berth);
        away();
        assertThatThrownBy(() -> berth.service.report(DEVICE, HUB)).isInstanceOf(RepositoryUnavailableException.class);
    }

    @Test
    void nobodyIsRememberedUnlessThatIsConfigured() {
        var forgetful = new Remembering(new Replica(store, clock, SETTINGS, List.of(instance)), 0);
        register(forgetful);
        away();
        assertThatThrownBy(() -> forgetful.ask(DEVICE)).isInstanceOf(RepositoryUnavailableException.class);
        assertThat(recalls).as("nobody counts what is off").isEmpty();
    }

    @Test
    void whatAnotherReplicaWroteIsNotHeardOf() {
        register(berth);
        var other = new Remembering(new Replica(store, clock, SETTINGS, List.of(instance)), 100);
        other.service.report(DEVICE, FAILURE);
        away();
        assertThat(berth.ask(DEVICE)).as("that is how old it may be").isInstanceOf(Connect.class);
    }

    @Test
    void aWriteWhoseOutcomeIsUnknownIsNotRepeated() {
        berth.ask(DEVICE);
        store.after((operation, _, _) -> {
            if (operation == Operation.REPLACE) {
                throw new StoreUnavailableException("away", true, Duration.ofSeconds(1), null);
            }
        });
        assertThatThrownBy(() -> berth.service.report(DEVICE, FAILURE))
                .isInstanceOf(RepositoryUnavailableException.class);
        away();
        refused(DEVICE);
    }

    @Test
    void aLookupAsksTheStoreOnceAndNothingElse() {
        register(berth);
        Map<Operation, Integer> calls = new EnumMap<>(Operation.class);
        store.before((operation, _, _) -> calls.merge(operation, 1, Integer::sum));
        berth.ask(DEVICE);
        assertThat(calls).isEqualTo(Map.of(Operation.FIND, 1));
        assertThat(recalls).isEmpty();
    }

    @Test
    void whereThereAreRegionsADeviceIsAnsweredUntilAnotherRegionStandsInForItsHome() {
        var regions = new HomeRegions(List.of(new RegionId("west"), new RegionId("north")));
        var homes = new Homes(regions, new RegionReach(Set.copyOf(regions.regions()), Duration.ofSeconds(30), clock));
        var home = homes.homeOf(DEVICE.origin(), DEVICE.registrationId());
        var elsewhere = new DeviceDocuments(new InMemoryDocumentStore());
        var replica = new Replica(store, clock, SETTINGS, List.of(instance));
        var regional = new Remembering(
                replica,
                new HomedDevices(homes, home, region -> region.equals(home) ? replica.devices : elsewhere),
                100);
        register(regional);
        away();
        assertThat(regional.ask(DEVICE)).isInstanceOf(Connect.class);
        clock.advance(Duration.ofSeconds(29));
        assertThat(regional.ask(DEVICE)).isInstanceOf(Connect.class);
        assertThat(elsewhere.find(DEVICE.origin(), DEVICE.registrationId())).isEmpty();
    }

    /** Two replicas, a store that comes and goes, any order of asks and reports. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void whatIsRepeatedStoodInTheStoreLatelyAndTakesNoWrite(long seed) {
        var random = new Random(seed);
        var other = new Remembering(new Replica(store, clock, SETTINGS, List.of(instance)), 100);
        var stood = new ArrayList<Stood>();
        boolean isAway = false;
        int repeated = 0;
        for (int step = 0; step < 3_000; step++) {
            DeviceIdentity device = Replica.identity(random.nextInt(5));
            Remembering replica = random.nextBoolean() ? berth : other;
            clock.advance(Duration.ofMillis(random.nextInt(20_000)));
            isAway = random.nextInt(20) == 0 ? !isAway : isAway;
            if (isAway) {
                away();
                long writes = store.writes();
                repeated += isRepeated(replica, device, stood, seed) ? 1 : 0;
                assertThat(store.writes()).isEqualTo(writes);
            } else {
                back();
                act(replica, device, random);
                note(device, stood);
            }
        }
        assertThat(repeated).as("seed %d: it was tried", seed).isGreaterThan(100);
    }

    private record Stood(DeviceIdentity device, Assignment assignment, DeviceState.Kind state, Instant last) {}

    private static void act(Remembering replica, DeviceIdentity device, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> replica.service.report(device, HUB);
            case 1 -> replica.service.report(device, FAILURE);
            default -> replica.ask(device);
        }
    }

    private void note(DeviceIdentity device, List<Stood> stood) {
        berth.replica
                .devices
                .find(device.origin(), device.registrationId())
                .ifPresent(found -> found.value()
                        .assignment()
                        .ifPresent(assignment -> stood.add(new Stood(
                                device,
                                assignment.withoutChoice(),
                                found.value().state().kind(),
                                clock.instant()))));
    }

    private boolean isRepeated(Remembering replica, DeviceIdentity device, List<Stood> stood, long seed) {
        IdScopeAnswer answer;
        try {
            answer = replica.ask(device);
        } catch (RepositoryUnavailableException outage) {
            return false;
        }
        var oldest = clock.instant().minus(AGE_MAX);
        assertThat(stood)
                .as("seed %d: %s for %s", seed, answer, device)
                .anyMatch(at -> at.device().equals(device) && !at.last().isBefore(oldest) && says(answer, at));
        return true;
    }

    private static boolean says(IdScopeAnswer answer, Stood stood) {
        return switch (answer) {
            case Register register ->
                stood.state() == DeviceState.Kind.TOLD
                        && stood.assignment().generation() == register.generation()
                        && Duration.between(stood.assignment().slot(), register.registerAt())
                                        .abs()
                                        .toMillis()
                                <= 1;
            case Connect connect ->
                stood.state() == DeviceState.Kind.REGISTERED
                        && stood.assignment().generation() == connect.generation();
            case IdScopeAnswer _ -> false;
        };
    }

    private void register(Remembering replica) {
        assertThat(replica.ask(DEVICE)).isInstanceOf(Register.class);
        assertThat(replica.service.report(DEVICE, HUB)).isInstanceOf(ReportAnswer.Recorded.class);
    }

    private void refused(DeviceIdentity device) {
        assertThatThrownBy(() -> berth.ask(device))
                .isInstanceOfSatisfying(
                        RepositoryUnavailableException.class,
                        outage -> assertThat(outage.retryAfter()).isEqualTo(Duration.ofSeconds(3)));
    }

    private void away() {
        store.before((_, _, _) -> {
            throw new StoreUnavailableException("away", false, Duration.ofSeconds(3), null);
        });
    }

    private void back() {
        store.before((_, _, _) -> {});
    }

    /** A replica that remembers some devices. */
    private final class Remembering {
        final Replica replica;
        final ProvisioningService service;

        Remembering(Replica replica, int countMax) {
            this(replica, replica.devices, countMax);
        }

        Remembering(Replica replica, Devices devices, int countMax) {
            var calls = new AtomicLong();
            var known = new KnownDevices(
                    new KnownDevices.Limits(countMax, AGE_MAX),
                    () -> ChronoUnit.NANOS.between(VirtualClock.START, clock.instant()) + calls.incrementAndGet());
            this.replica = replica;
            this.service = new ProvisioningService(
                    RememberingDevices.over(devices, known),
                    known,
                    replica,
                    AssignmentClaims.NONE,
                    replica.scheduler,
                    SETTINGS,
                    clock,
                    new ProvisioningEvents() {
                        @Override
                        public void recalled(boolean answered) {
                            recalls.add(answered);
                        }
                    });
        }

        IdScopeAnswer ask(DeviceIdentity device) {
            return service.idScope(device, false);
        }
    }
}
