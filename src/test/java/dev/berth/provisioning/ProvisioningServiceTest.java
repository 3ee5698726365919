package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.IdScopeAnswer.Connect;
import dev.berth.provisioning.IdScopeAnswer.PoolEmpty;
import dev.berth.provisioning.IdScopeAnswer.PoolFull;
import dev.berth.provisioning.IdScopeAnswer.PoolUnavailable;
import dev.berth.provisioning.IdScopeAnswer.Queued;
import dev.berth.provisioning.IdScopeAnswer.Register;
import dev.berth.provisioning.ReportAnswer.Recorded;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisioningServiceTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final DeviceIdentity DEVICE = Replica.identity(1);
    private static final RegistrationReport HUB = new RegistrationReport.Assigned("hub-1.example", "device-id-1");
    private static final RegistrationReport NO_HUB = new RegistrationReport.Assigned(null, null);
    private static final RegistrationReport FAILURE = new RegistrationReport.Failed(401002, "no enrollment");

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final DpsInstance first = Instances.named("dps-1", Instances.perMinute(1_000));
    private final DpsInstance second = Instances.named("dps-2", Instances.perMinute(1_000));
    private final Replica berth = new Replica(store, clock, SETTINGS, List.of(first));

    @Test
    void aNewDeviceIsToldWhereAndWhen() {
        var told = told(ask());
        assertThat(told.instance()).isEqualTo(first);
        assertThat(told.generation()).isEqualTo(1);
        assertThat(told.registerAt()).isEqualTo(clock.instant().plus(told.registerAfter()));
        assertThat(told.registerAfter()).isEqualTo(SETTINGS.lead());
        assertThat(told.registerWithin()).isEqualTo(Duration.ofMillis(700));
        assertThat(stored().state()).isInstanceOf(DeviceState.Told.class);
    }

    @Test
    void askingAgainBeforeTheWindowHasPassedAnswersTheSameSlot() {
        var told = told(ask());
        clock.advance(SETTINGS.lead().plus(SETTINGS.registerWithin()));
        assertThat(told(ask()).registerAt()).isEqualTo(told.registerAt());
        assertThat(told(askAgain()).registerAt()).isEqualTo(told.registerAt());
        assertThat(told(ask()).registerAfter()).isZero();
    }

    @Test
    void onceTheWindowHasPassedThereIsAFreshSlotAtTheSameInstance() {
        berth.pool = List.of(first);
        var told = told(ask());
        berth.instances = List.of(first, second);
        berth.pool = List.of(second);
        clock.advance(SETTINGS.lead().plus(SETTINGS.registerWithin()).plusMillis(1));
        var fresh = told(ask());
        assertThat(fresh.instance()).isEqualTo(first);
        assertThat(fresh.generation()).isEqualTo(told.generation());
        assertThat(fresh.registerAt()).isAfter(clock.instant());
    }

    @Test
    void aFreshSlotTakesNoCapacity() {
        var small = Instances.named("dps-1", Instances.limits(1_000, 1));
        berth.instances = List.of(small);
        berth.pool = List.of(small);
        told(ask());
        clock.advance(Duration.ofMinutes(1));
        told(ask());
        assertThat(berth.service.idScope(Replica.identity(2), false)).isInstanceOf(PoolFull.class);
    }

    @Test
    void aDeviceThatReportedItsHubIsToldToConnect() {
        told(ask());
        assertThat(report(HUB)).isInstanceOf(Recorded.class);
        var connect = (Connect) ask();
        assertThat(connect.assignedHub()).isEqualTo("hub-1.example");
        assertThat(connect.instance()).isEqualTo(first);
    }

    @Test
    void aRegisteredDeviceWhoseHubIsUnknownGetsAFreshSlot() {
        var told = told(ask());
        report(NO_HUB);
        assertThat(stored().state().kind()).isEqualTo(DeviceState.Kind.REGISTERED);
        assertThat(told(ask()).registerAt()).isAfter(told.registerAt());
    }

    @Test
    void aLaterReportFillsTheHubIn() {
        told(ask());
        report(NO_HUB);
        report(HUB);
        assertThat(((Connect) ask()).assignedHub()).isEqualTo("hub-1.example");
    }

    @Test
    void aReportWithoutAHubForgetsNone() {
        told(ask());
        report(HUB);
        report(NO_HUB);
        var connect = (Connect) ask();
        assertThat(connect.assignedHub()).isEqualTo("hub-1.example");
        assertThat(connect.deviceId()).isEqualTo("device-id-1");
    }

    @Test
    void theDeviceIdIsTheRegistrationIdUnlessReported() {
        told(ask());
        report(new RegistrationReport.Assigned("hub-1.example", null));
        assertThat(((Connect) ask()).deviceId())
                .isEqualTo(DEVICE.registrationId().value());
    }

    @Test
    void aDeviceThatItsHubRefusesGetsAFreshSlot() {
        var told = told(ask());
        report(HUB);
        var fresh = told(askAgain());
        assertThat(fresh.registerAt()).isAfter(told.registerAt());
        assertThat(stored().state()).isInstanceOf(DeviceState.Told.class);
    }

    @Test
    void freshSlotsOfOneDeviceAreBounded() {
        told(ask());
        report(HUB);
        for (int i = 0; i < SETTINGS.slotsPerDevicePerHour(); i++) {
            told(askAgain());
            report(HUB);
        }
        assertThat(askAgain()).isEqualTo(new IdScopeAnswer.AskedTooOften(Duration.ofMinutes(3)));
        clock.advance(Duration.ofMinutes(3));
        told(askAgain());
    }

    @Test
    void afterAFailureTheNextAnswerIsToRegister() {
        var told = told(ask());
        report(FAILURE);
        assertThat(stored().state().kind()).isEqualTo(DeviceState.Kind.FAILED);
        assertThat(told(ask()).registerAt()).isAfter(told.registerAt());
    }

    @Test
    void aReportThatSaysWhatIsKnownWritesNothing() {
        told(ask());
        report(HUB);
        long writes = store.writes();
        assertThat(report(HUB)).isInstanceOf(Recorded.class);
        assertThat(store.writes()).isEqualTo(writes);
    }

    @Test
    void onlyADeviceThatWasToldCanReport() {
        assertThat(report(HUB)).isEqualTo(new ReportAnswer.UnknownDevice());
        useSlowInstance();
        fillTheHorizon();
        assertThat(ask()).isInstanceOf(Queued.class);
        assertThat(report(HUB)).isEqualTo(new ReportAnswer.NotTold());
    }

    @Test
    void aRenewedCertificateOfTheSameAnchorIsTheSameDevice() {
        var told = told(ask());
        var renewed = new DeviceIdentity(DEVICE.origin(), DEVICE.trustAnchor(), DEVICE.registrationId(), "bb");
        assertThat(told(berth.service.idScope(renewed, false)).registerAt()).isEqualTo(told.registerAt());
        assertThat(stored().thumbprint()).isEqualTo("bb");
    }

    @Test
    void aDeviceOfAnotherAnchorMayNotTakeTheName() {
        told(ask());
        var other = new DeviceIdentity(DEVICE.origin(), "other", DEVICE.registrationId(), "cc");
        assertThat(berth.service.idScope(other, false)).isEqualTo(new IdScopeAnswer.RegistrationIdTaken());
        assertThat(berth.service.report(other, HUB)).isEqualTo(new ReportAnswer.RegistrationIdTaken());
    }

    @Test
    void registrationIdsDifferByMoreThanCase() {
        told(ask());
        var shouting = new DeviceIdentity(
                DEVICE.origin(), DEVICE.trustAnchor(), new RegistrationId("DEVICE-1"), DEVICE.thumbprint());
        told(berth.service.idScope(shouting, false));
        assertThat(berth.devices.byOwner(DEVICE.origin(), 10, null).devices()).hasSize(1);
    }

    @Test
    void anEmptyPoolSaysWhy() {
        berth.pool = List.of();
        assertThat(ask()).isEqualTo(new PoolEmpty("the test says so"));
        assertThat(store.writes()).isZero();
    }

    @Test
    void aDrainingInstanceKeepsItsDevicesAndADisabledOneDoesNot() {
        told(ask());
        clock.advance(Duration.ofMinutes(1));
        berth.instances = List.of(Instances.inState(first, DpsInstance.State.DRAINING));
        told(ask());
        clock.advance(Duration.ofMinutes(1));
        berth.instances = List.of(Instances.inState(first, DpsInstance.State.DISABLED));
        assertThat(ask()).isEqualTo(new PoolUnavailable(SETTINGS.retryAfterMax()));
        berth.instances = List.of();
        assertThat(ask()).isEqualTo(new PoolUnavailable(SETTINGS.retryAfterMax()));
    }

    @Test
    void anUnhealthyInstanceIsPassedOverAndAloneMakesThePoolUnavailable() {
        berth.instances = List.of(first, second);
        berth.pool = List.of(first, second);
        berth.health.unavailable(first.id(), clock.instant().plusSeconds(30));
        assertThat(told(ask()).instance()).isEqualTo(second);
        berth.pool = List.of(first);
        assertThat(berth.service.idScope(Replica.identity(2), false))
                .isEqualTo(new PoolUnavailable(Duration.ofSeconds(30)));
    }

    @Test
    void beyondTheHorizonADeviceWaitsAndKeepsItsPlace() {
        fillTheHorizon();
        var queued = (Queued) ask();
        long writes = store.writes();
        assertThat(((Queued) ask()).ticket()).isEqualTo(queued.ticket());
        assertThat(store.writes()).isEqualTo(writes);
        clock.advance(queued.retryAfter());
        told(ask());
    }

    @Test
    void aKnownDeviceBeyondTheHorizonWaitsAtItsInstance() {
        useSlowInstance();
        var told = told(ask());
        fillTheHorizon();
        clock.advance(Duration.ofSeconds(1));
        berth.pool = List.of(second);
        var queued = (Queued) ask();
        assertThat(stored().assignment().orElseThrow().generation()).isEqualTo(1);
        report(FAILURE);
        assertThat(((Queued) ask()).ticket()).isEqualTo(queued.ticket());
        clock.advance(queued.retryAfter().plusSeconds(5));
        assertThat(told(ask()).instance()).isEqualTo(told.instance());
    }

    @Test
    void aStoreThatIsAwayIsAFaultAndNothingIsAnswered() {
        store.before((operation, collection, key) -> fail(false));
        assertThatThrownBy(this::ask).isInstanceOf(RepositoryUnavailableException.class);
    }

    @Test
    void aLedgerThatIsAwayMakesThePoolUnavailable() {
        store.before((operation, collection, key) -> {
            if (collection.name().equals("ledgers")) {
                fail(false);
            }
        });
        assertThat(ask()).isInstanceOf(PoolUnavailable.class);
    }

    @Test
    void whatWasNotWrittenGivesItsSlotAndCapacityBack() {
        failInserts(false, true);
        assertThatThrownBy(this::ask).isInstanceOf(RepositoryUnavailableException.class);
        failInserts(false, false);
        assertThat(told(ask()).registerAfter()).isEqualTo(SETTINGS.lead());
        berth.scheduler.release();
        assertThat(committed()).isEqualTo(1);
    }

    /** A crash between the write and the answer looks the same to the device. */
    @Test
    void whatWasWrittenButNotAnsweredIsAnsweredNextTime() {
        failInserts(true, true);
        assertThatThrownBy(this::ask).isInstanceOf(RepositoryUnavailableException.class);
        failInserts(true, false);
        var slot = stored().assignment().orElseThrow().slot();
        assertThat(told(ask()).registerAt()).isEqualTo(slot);
    }

    @Test
    void aCrashBetweenSlotAndWriteWastesTheSlotAndGivesItToNobody() {
        failInserts(false, true);
        assertThatThrownBy(this::ask).isInstanceOf(RepositoryUnavailableException.class);
        failInserts(false, false);
        var restarted = new Replica(store, clock, SETTINGS, List.of(first));
        var told = told(restarted.service.idScope(DEVICE, false));
        assertThat(told.registerAfter()).isGreaterThan(SETTINGS.lead());
    }

    @Test
    void aWriteThatTookLongerThanTheWindowEndsInAFreshSlot() {
        store.after((operation, collection, key) -> {
            if (operation == Operation.INSERT && collection.equals(DeviceDocuments.DEVICES)) {
                clock.advance(Duration.ofSeconds(5));
            }
        });
        assertThat(told(ask()).registerAt()).isAfter(clock.instant());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 429_000, 429_001, 429_999})
    void devicesThatDpsThrottlesMoveTheTimelineOfTheirInstance(int errorCode) {
        var slot = threeDevicesFail(new RegistrationReport.Failed(errorCode, "throttled"));
        assertThat(told(berth.service.idScope(Replica.identity(9), false)).registerAt())
                .isAfterOrEqualTo(slot.plusSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -429_001, 401_002, 428_999, 430_000, 42_900_100, Integer.MAX_VALUE})
    void devicesThatFailForAnotherReasonDoNot(int errorCode) {
        threeDevicesFail(new RegistrationReport.Failed(errorCode, "no"));
        threeDevicesFail(new RegistrationReport.Failed(null, null));
        assertThat(told(berth.service.idScope(Replica.identity(9), false)).registerAfter())
                .isLessThanOrEqualTo(SETTINGS.lead());
    }

    @Test
    void aDeviceIsHeardOnceForEachSlot() {
        told(ask());
        clock.advance(SETTINGS.lead());
        for (int i = 0; i < 10; i++) {
            report(new RegistrationReport.Failed(429_001, "throttled " + i));
        }
        assertThat(told(berth.service.idScope(Replica.identity(9), false)).registerAfter())
                .isEqualTo(SETTINGS.lead());
    }

    @Test
    void aReplicaWhoseClockIsOffTellsNoDeviceHowLongToSleep() {
        told(ask());
        var astray = new Replica(
                store,
                clock,
                SETTINGS,
                List.of(first),
                new ClockOffset(
                        () -> new StoreTime.Reading(clock.instant().plusSeconds(60), Duration.ZERO), SETTINGS, clock));
        assertThat(astray.service.idScope(DEVICE, false)).isInstanceOf(IdScopeAnswer.PoolUnavailable.class);
        assertThat(astray.service.idScope(Replica.identity(2), false))
                .isInstanceOf(IdScopeAnswer.PoolUnavailable.class);
        report(HUB);
        assertThat(astray.service.idScope(DEVICE, false)).isInstanceOf(Connect.class);
    }

    @Test
    void aClockThatIsSetWhileADeviceIsWrittenDownDoesNotTellItHowLongToSleep() {
        Instant began = clock.instant();
        var offset = new ClockOffset(() -> new StoreTime.Reading(began, Duration.ZERO), SETTINGS, clock, () -> 0);
        offset.measure();
        var astray = new Replica(store, clock, SETTINGS, List.of(first), offset);
        store.after((operation, collection, key) -> {
            if (operation == Operation.INSERT && collection.equals(DeviceDocuments.DEVICES)) {
                clock.set(began.minusSeconds(3));
            }
        });

        assertThat(astray.service.idScope(DEVICE, false)).isInstanceOf(PoolUnavailable.class);
        assertThat(stored().state()).isInstanceOf(DeviceState.Told.class);
    }

    /** The slot of the last. */
    private Instant threeDevicesFail(RegistrationReport.Failed failure) {
        Instant slot = Instant.MIN;
        for (int i = 1; i <= 3; i++) {
            slot = told(berth.service.idScope(Replica.identity(i), false)).registerAt();
            clock.advanceTo(slot);
            assertThat(berth.service.report(Replica.identity(i), failure)).isInstanceOf(Recorded.class);
        }
        return slot;
    }

    private IdScopeAnswer ask() {
        return berth.service.idScope(DEVICE, false);
    }

    private IdScopeAnswer askAgain() {
        return berth.service.idScope(DEVICE, true);
    }

    private ReportAnswer report(RegistrationReport report) {
        return berth.service.report(DEVICE, report);
    }

    private Device stored() {
        return berth.devices
                .find(DEVICE.origin(), DEVICE.registrationId())
                .orElseThrow()
                .value();
    }

    private long committed() {
        return berth.ledgers.find(first.id()).orElseThrow().value().committed();
    }

    private static Register told(IdScopeAnswer answer) {
        assertThat(answer).isInstanceOf(Register.class);
        return (Register) answer;
    }

    /** One whose horizon is soon full, and opens for the next device only after seconds. */
    private void useSlowInstance() {
        berth.instances = List.of(Instances.named("dps-1", Instances.perMinute(10)));
        berth.pool = berth.instances;
    }

    /** Other devices take every slot within the horizon. */
    private void fillTheHorizon() {
        for (int device = 1_000; true; device++) {
            if (berth.service.idScope(Replica.identity(device), false) instanceof Queued) {
                return;
            }
        }
    }

    private void failInserts(boolean afterTheWrite, boolean fail) {
        InMemoryDocumentStore.Hook hook = (operation, collection, key) -> {
            if (fail && operation == Operation.INSERT && collection.equals(DeviceDocuments.DEVICES)) {
                fail(afterTheWrite);
            }
        };
        if (afterTheWrite) {
            store.after(hook);
        } else {
            store.before(hook);
        }
    }

    private static void fail(boolean outcomeUnknown) {
        throw new StoreUnavailableException("the test says so", outcomeUnknown, Duration.ofSeconds(1), null);
    }
}
