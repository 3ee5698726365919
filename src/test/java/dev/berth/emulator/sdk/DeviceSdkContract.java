package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

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
    static final String HUB = "hub.azure-devices.net";

    private SdkFleet fleet;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fleet = SdkFleet.start(directory);
    }

    @AfterAll
    void stop() throws IOException {
        fleet.close();
    }

    abstract Set<Transport> transports();

    /** Lets a device of its own kind register. */
    abstract SdkOutcome register(SdkFleet fleet, Transport transport, SdkDevice device) throws Exception;

    /** How the SDK's failure names an answer of this status. */
    String named(int status) {
        return Integer.toString(status);
    }

    Stream<Arguments> transportsAndProofs() {
        return transports().stream()
                .flatMap(transport -> Stream.of(Proof.values()).map(proof -> Arguments.of(transport, proof)));
    }

    @ParameterizedTest
    @MethodSource("transportsAndProofs")
    void aDeviceIsToldItsHubAndItsName(Transport transport, Proof proof) throws Exception {
        var device = fleet.device(proof);
        int before = fleet.report().registered();
        assertThat(register(fleet, transport, device))
                .isEqualTo(new SdkOutcome.Assigned(HUB, device.deviceId(), "initialAssignment"));
        assertThat(fleet.report().registered()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aDeviceThatComesBackKeepsItsHub(Transport transport) throws Exception {
        var device = fleet.device(Proof.OWN_CERTIFICATE);
        assertThat(register(fleet, transport, device)).isInstanceOf(SdkOutcome.Assigned.class);
        int before = fleet.report().registered();
        assertThat(register(fleet, transport, device))
                .isEqualTo(new SdkOutcome.Assigned(HUB, device.deviceId(), "reprovisionedToInitialAssignment"));
        assertThat(fleet.report().registered()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("transportsAndProofs")
    void aStrangerIsNotLetIn(Transport transport, Proof proof) throws Exception {
        assertFails(register(fleet, transport, fleet.stranger(proof)), named(401));
    }

    @ParameterizedTest
    @MethodSource("transportsAndProofs")
    void aDisabledDeviceIsNotLetIn(Transport transport, Proof proof) throws Exception {
        int before = fleet.report().registered();
        assertFails(register(fleet, transport, fleet.disabled(proof)), disabled());
        assertThat(fleet.report().registered()).isEqualTo(before);
    }

    /** How the SDK's failure names the status of a disabled device. */
    abstract String disabled();

    @ParameterizedTest
    @MethodSource("transports")
    void aThrottledDeviceIsToldSo(Transport transport, @TempDir Path directory) throws Exception {
        try (var throttled = SdkFleet.throttled(directory)) {
            whenThrottled(throttled, transport);
            assertThat(throttled.report().throttled()).isPositive();
        }
    }

    /** The SDK gives up at once; one that waits is to show that. */
    void whenThrottled(SdkFleet throttled, Transport transport) throws Exception {
        assertFails(register(throttled, transport, throttled.device(Proof.CERTIFICATE_BELOW_A_GROUP)), named(429));
    }

    static void assertFails(SdkOutcome outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SdkOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
    }
}
