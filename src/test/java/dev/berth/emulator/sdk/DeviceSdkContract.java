package dev.berth.emulator.sdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each device SDK must show on each transport that it has: it is told what DPS tells it, and refused as DPS refuses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeviceSdkContract {
    private static final int DEVICES_AT_ONCE = 4;

    private final ExecutorService runs = Executors.newFixedThreadPool(DEVICES_AT_ONCE);
    private final Map<Way, Registered> registered = new LinkedHashMap<>();
    private SdkFleet fleet;

    /** A way to register. */
    record Way(Transport transport, Proof proof) {}

    private record Registered(SdkDevice device, Future<SdkOutcome> outcome) {}

    abstract SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException;

    abstract Set<Transport> transports();

    /** How the SDK names the status of a disabled device. */
    abstract String disabled();

    /** Where the SDK asks again after Retry-After, without end; elsewhere a 429 is the end. */
    abstract Set<Transport> waitsWhenThrottled();

    /** All ways are under way at once, because most of the time SDKs wait until they may poll. */
    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fleet = SdkFleet.start(directory);
        var scripts = scripts(fleet.emulator().description());
        ways().forEach(way -> {
            var device = fleet.device(way.proof());
            var outcome = runs.submit(() -> scripts.register(fleet, way.transport(), device));
            registered.put(way, new Registered(device, outcome));
        });
    }

    @AfterAll
    void stop() throws IOException {
        runs.shutdownNow();
        fleet.close();
    }

    final Stream<Way> ways() {
        return transports().stream()
                .flatMap(transport -> Stream.of(Proof.values()).map(proof -> new Way(transport, proof)));
    }

    final SdkOutcome register(SdkFleet meets, Transport transport, SdkDevice device) throws Exception {
        return scripts(meets.emulator().description()).register(meets, transport, device);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aDeviceIsToldItsHubAndItsName(Way way) throws Exception {
        var run = requireNonNull(registered.get(way));
        assertThat(run.outcome().get())
                .isEqualTo(new SdkOutcome.Assigned(SdkFleet.HUB, run.device().deviceId(), "initialAssignment"));
        assertThat(fleet.knows(run.device())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aDeviceThatComesBackKeepsItsHub(Transport transport) throws Exception {
        var first = requireNonNull(registered.get(new Way(transport, Proof.OWN_CERTIFICATE)));
        assertThat(first.outcome().get()).isInstanceOf(SdkOutcome.Assigned.class);
        assertThat(register(fleet, transport, first.device()))
                .isEqualTo(new SdkOutcome.Assigned(
                        SdkFleet.HUB, first.device().deviceId(), "reprovisionedToInitialAssignment"));
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
        var device = fleet.disabled();
        assertFails(register(fleet, transport, device), disabled());
        assertThat(fleet.knows(device)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aThrottledDeviceGivesUpOrWaits(Transport transport, @TempDir Path directory) throws Exception {
        try (var throttled = SdkFleet.throttled(directory)) {
            var outcome = runs.submit(
                    () -> register(throttled, transport, throttled.device(Proof.CERTIFICATE_BELOW_A_GROUP)));
            while (throttled.report().throttled() == 0 && !outcome.isDone()) {
                Thread.onSpinWait();
            }
            if (waitsWhenThrottled().contains(transport)) {
                throttled.giveQuotaBack();
                assertThat(outcome.get()).isInstanceOf(SdkOutcome.Assigned.class);
            } else {
                assertFails(outcome.get(), "429");
            }
        }
    }

    private static void assertFails(SdkOutcome outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SdkOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
    }
}
