package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each device SDK must show on each transport that it has. SDKs wait 1 to 2 s before they poll, and so do these tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeviceSdkContract {
    private SdkFleet fleet;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fleet = SdkFleet.start(directory);
    }

    @AfterAll
    void stop() throws IOException {
        fleet.close();
    }

    abstract SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException;

    abstract Set<Transport> transports();

    /** How the SDK names the status of a disabled device. */
    abstract String disabled();

    final SdkOutcome register(SdkFleet fleet, Transport transport, SdkDevice device) throws Exception {
        return scripts(fleet.emulator().description()).register(fleet, transport, device);
    }

    final Stream<Arguments> transportsAndProofs() {
        return transports().stream()
                .flatMap(transport -> Stream.of(Proof.values()).map(proof -> Arguments.of(transport, proof)));
    }

    @ParameterizedTest
    @MethodSource("transportsAndProofs")
    void aDeviceIsToldItsHubAndItsName(Transport transport, Proof proof) throws Exception {
        var device = fleet.device(proof);
        int before = fleet.report().registered();
        assertThat(register(fleet, transport, device))
                .isEqualTo(new SdkOutcome.Assigned(SdkFleet.HUB, device.deviceId(), "initialAssignment"));
        assertThat(fleet.report().registered()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aDeviceThatComesBackKeepsItsHub(Transport transport) throws Exception {
        var device = fleet.device(Proof.OWN_CERTIFICATE);
        assertThat(register(fleet, transport, device)).isInstanceOf(SdkOutcome.Assigned.class);
        int before = fleet.report().registered();
        assertThat(register(fleet, transport, device))
                .isEqualTo(new SdkOutcome.Assigned(SdkFleet.HUB, device.deviceId(), "reprovisionedToInitialAssignment"));
        assertThat(fleet.report().registered()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aStrangerIsUnauthorized(Transport transport) throws Exception {
        assertFails(register(fleet, transport, fleet.stranger()), "401");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aWrongKeyIsUnauthorized(Transport transport) throws Exception {
        assertFails(register(fleet, transport, fleet.withAnotherKey()), "401");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aDisabledDeviceIsNotLetIn(Transport transport) throws Exception {
        int before = fleet.report().registered();
        assertFails(register(fleet, transport, fleet.disabled()), disabled());
        assertThat(fleet.report().registered()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aThrottledDeviceIsToldSo(Transport transport, @TempDir Path directory) throws Exception {
        try (var throttled = SdkFleet.throttled(directory)) {
            register(throttled, transport);
            assertThat(throttled.report().throttled()).isPositive();
        }
    }

    /** Most give up at once; an SDK that waits is to show that instead. */
    void register(SdkFleet throttled, Transport transport) throws Exception {
        assertFails(register(throttled, transport, throttled.device(Proof.CERTIFICATE_BELOW_A_GROUP)), "429");
    }

    private static void assertFails(SdkOutcome outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SdkOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
    }
}
