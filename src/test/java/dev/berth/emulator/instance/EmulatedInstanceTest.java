package dev.berth.emulator.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.enrollment.AllocationPolicy;
import dev.berth.emulator.enrollment.Attestation;
import dev.berth.emulator.enrollment.DeviceChain;
import dev.berth.emulator.enrollment.Enrollment;
import dev.berth.emulator.enrollment.EnrollmentSettings;
import dev.berth.emulator.enrollment.Evidence;
import dev.berth.emulator.enrollment.ReprovisionPolicy;
import dev.berth.emulator.protocol.DpsError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records, quotas and counts of one instance, on a clock that the test turns. */
class EmulatedInstanceTest {
    private static final TestPki.Entity ROOT = TestPki.root("Root");
    private static final Map<String, Evidence> CHAINS = new HashMap<>();
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TurnedClock clock = new TurnedClock();

    @Test
    void overTheQuotaIsThrottledAndNotARegistration() {
        var instance = instance(quotas(2, WindowKind.SLIDING, 100));
        assertThat(register(instance, "a")).isInstanceOf(Outcome.Assigning.class);
        assertThat(register(instance, "b")).isInstanceOf(Outcome.Assigning.class);
        assertThat(register(instance, "c")).isEqualTo(new Outcome.Throttled(3));

        var report = instance.report();
        assertThat(report.registrations()).isEqualTo(2);
        assertThat(report.registered()).isEqualTo(2);
        assertThat(report.throttled()).isEqualTo(1);
        assertThat(report.worstSlidingMinute()).isEqualTo(2);
    }

    @Test
    void theWorstMinuteSlidesWhateverTheWindow() {
        var instance = instance(quotas(2, WindowKind.FIXED, 100));
        clock.turn(SECOND.multipliedBy(59));
        register(instance, "a");
        register(instance, "b");
        clock.turn(SECOND);
        register(instance, "c");
        register(instance, "d");
        assertThat(instance.report().worstSlidingMinute()).isEqualTo(4);
        assertThat(instance.report().throttled()).isZero();
    }

    @Test
    void aRefusedDeviceTakesQuotaAndIsNoRegistration() {
        var instance = instance(quotas(2, WindowKind.SLIDING, 100));
        var stranger =
                Evidence.of(DeviceChain.of(TestPki.root("Other").device("x").chain()));
        assertThat(instance.register("x", stranger, DeviceRegistration.EMPTY)).isInstanceOf(Outcome.Refused.class);
        assertThat(register(instance, "a")).isInstanceOf(Outcome.Assigning.class);
        assertThat(register(instance, "b")).isInstanceOf(Outcome.Throttled.class);
        assertThat(instance.report().worstSlidingMinute()).isEqualTo(1);
        assertThat(instance.report().refused()).isEqualTo(1);
    }

    @Test
    void aRepeatedRegistrationTakesQuotaButNoRoom() {
        var instance = instance(quotas(4, WindowKind.SLIDING, 1));
        register(instance, "a");
        clock.turn(SECOND);
        assertThat(register(instance, "A")).isInstanceOf(Outcome.Assigning.class);
        assertThat(register(instance, "b")).isEqualTo(new Outcome.Refused(DpsError.TOO_MANY_REGISTRATIONS));
        assertThat(instance.report().registered()).isEqualTo(1);
        assertThat(instance.report().registrations()).isEqualTo(2);
        assertThat(register(instance, "a")).isInstanceOf(Outcome.Assigning.class);
        assertThat(register(instance, "a")).isInstanceOf(Outcome.Throttled.class);
    }

    @Test
    void askingAgainWhileTheOperationIsUnderWayGivesTheSameOperation() {
        var instance = instance(Quotas.PUBLISHED);
        assertThat(register(instance, "a")).isEqualTo(register(instance, "a"));
        clock.turn(SECOND);
        assertThat(register(instance, "a")).isNotEqualTo(register(instance, "b"));
    }

    @Test
    void aDeviceMayPollFiveTimesInTenSeconds() {
        var instance = instance(Quotas.PUBLISHED);
        var operation = ((Outcome.Assigning) register(instance, "a")).operationId();
        for (int i = 0; i < 5; i++) {
            assertThat(poll(instance, "a", operation)).isInstanceOf(Outcome.Assigning.class);
        }
        assertThat(poll(instance, "a", operation)).isInstanceOf(Outcome.Throttled.class);
        clock.turn(SECOND.multipliedBy(10));
        assertThat(poll(instance, "a", operation)).isInstanceOf(Outcome.Done.class);
        assertThat(instance.report().polls()).isEqualTo(6);
    }

    @Test
    void aLookupTakesQuotaUnlessTheDataSaysOtherwise() {
        var strict = instance(quotas(1, WindowKind.SLIDING, 100));
        register(strict, "a");
        assertThat(strict.lookUp("a", chain("a"))).isInstanceOf(Outcome.Throttled.class);

        var lenient = instance(new Quotas(1, 1, 5, 100, WindowKind.SLIDING, false));
        register(lenient, "a");
        assertThat(lenient.lookUp("a", chain("a"))).isInstanceOf(Outcome.Found.class);
    }

    @Test
    void aDeviceKeepsItsHubWhenThePolicySaysNever() {
        var instance = instance(Quotas.PUBLISHED);
        enroll(instance, "never", new ReprovisionPolicy(false, false), "one");
        var before = assigned(instance, "a");
        enroll(instance, "never", new ReprovisionPolicy(false, false), "two");
        var after = assigned(instance, "a");
        assertThat(after.hub()).isEqualTo(before.hub());
        assertThat(after.substatus()).isEqualTo(Substatus.INITIAL_ASSIGNMENT);
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        assertThat(after.updatedAt()).isAfter(before.updatedAt());
        assertThat(after.operation().etag()).isNotEqualTo(before.operation().etag());
    }

    @Test
    void aDeviceThatMovesTakesItsDataAlongAndIsReprovisionedWhenItComesBack() {
        var instance = instance(Quotas.PUBLISHED);
        var migrate = new ReprovisionPolicy(true, true);
        enroll(instance, "fleet", migrate, "one");
        assigned(instance, "a");
        enroll(instance, "fleet", migrate, "two");
        var moved = assigned(instance, "a");
        assertThat(moved.hub()).isEqualTo("two.azure-devices.net");
        assertThat(moved.substatus()).isEqualTo(Substatus.DEVICE_DATA_MIGRATED);
        enroll(instance, "fleet", migrate, "one");
        assertThat(assigned(instance, "a").substatus()).isEqualTo(Substatus.REPROVISIONED_TO_INITIAL_ASSIGNMENT);
    }

    @Test
    void aDeviceThatMovesStartsAnewWhenThePolicySaysReset() {
        var instance = instance(Quotas.PUBLISHED);
        var reset = new ReprovisionPolicy(true, false);
        enroll(instance, "fleet", reset, "one");
        assigned(instance, "a");
        enroll(instance, "fleet", reset, "two");
        assertThat(assigned(instance, "a").substatus()).isEqualTo(Substatus.DEVICE_DATA_RESET);
    }

    @Test
    void deletingTheStateForgetsDevicesCountsAndQuotaButNoEnrollment() {
        var instance = instance(quotas(1, WindowKind.SLIDING, 100));
        register(instance, "a");
        register(instance, "b");
        instance.deleteState();
        assertThat(instance.report().registered()).isZero();
        assertThat(instance.report().throttled()).isZero();
        assertThat(instance.registrations().arrivals(4_000)).isEmpty();
        assertThat(register(instance, "b")).isInstanceOf(Outcome.Assigning.class);
    }

    @Test
    void arrivalsTellTimeNameAndStatusAndForgetTheOldest() {
        var instance = instance(Quotas.PUBLISHED);
        for (int i = 0; i <= RecentArrivals.ARRIVALS_MAX; i++) {
            register(instance, i == 0 ? "first" : "a");
        }
        var arrivals = instance.registrations().arrivals(4_000);
        assertThat(arrivals).hasSize(RecentArrivals.ARRIVALS_MAX);
        assertThat(arrivals).noneMatch(arrival -> arrival.registrationId().equals("first"));
        assertThat(arrivals.getFirst()).isEqualTo(new Arrival(clock.now(), "a", 202));
        assertThat(arrivals.getLast()).isEqualTo(new Arrival(clock.now(), "a", 429));
    }

    private EmulatedInstance instance(Quotas quotas) {
        var config = InstanceConfig.of("dps-1")
                .withQuotas(quotas)
                .withAllocation(AllocationSettings.of(List.of(IotHub.of("one"), IotHub.of("two"))));
        var instance = new EmulatedInstance(config, clock, CustomAllocation.NONE);
        enroll(instance, "fleet", new ReprovisionPolicy(true, true));
        return instance;
    }

    private static void enroll(EmulatedInstance instance, String id, ReprovisionPolicy policy, String... hubs) {
        instance.enrollments().removeGroup("fleet");
        var names = List.of(hubs).stream().map(IotHub::of).map(IotHub::hostName).toList();
        var settings = new EnrollmentSettings(true, AllocationPolicy.HASHED, policy, names);
        var signers = new Attestation.Signers(List.of(ROOT.certificate()));
        assertThat(instance.enrollments().put(new Enrollment.Group(id, signers, settings)))
                .isEmpty();
    }

    private Registration assigned(EmulatedInstance instance, String id) {
        var operation = ((Outcome.Assigning) register(instance, id)).operationId();
        clock.turn(SECOND.multipliedBy(10));
        return ((Outcome.Done) poll(instance, id, operation)).registration();
    }

    private static Outcome register(EmulatedInstance instance, String id) {
        return instance.register(id, chain(id), DeviceRegistration.EMPTY);
    }

    private static Outcome poll(EmulatedInstance instance, String id, String operation) {
        return instance.poll(id, operation, chain(id));
    }

    private static Evidence chain(String id) {
        return CHAINS.computeIfAbsent(
                id.toLowerCase(Locale.ROOT),
                name -> Evidence.of(DeviceChain.of(ROOT.device(name).chain())));
    }

    private static Quotas quotas(int limit, WindowKind window, int registrationsMax) {
        return new Quotas(limit, 1_000, 5, registrationsMax, window, true);
    }
}
