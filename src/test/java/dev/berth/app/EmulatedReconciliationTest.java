package dev.berth.app;

import static dev.berth.app.EmulatedService.CONTOSO;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.TestDevice;
import dev.berth.emulator.TestPki;
import dev.berth.emulator.TurnedClock;
import dev.berth.emulator.https.BodyReader;
import dev.berth.enrollment.Attestation;
import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.identity.RegistrationId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.lifecycle.Finding;
import dev.berth.lifecycle.GroupCount;
import dev.berth.lifecycle.Reconciler;
import dev.berth.lifecycle.ReconciliationEvents;
import dev.berth.lifecycle.ReconciliationSettings;
import dev.berth.lifecycle.Stage;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.ReconciliationDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A count with the official client, through the emulator's proxy, of what devices really registered there. */
@Timeout(120)
class EmulatedReconciliationTest {
    private static final String GROUP = "factory";
    private static final TestPki.Entity FACTORY = TestPki.root("Factory");

    @TempDir
    Path directory;

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final DeviceDocuments devices = new DeviceDocuments(store);
    private final LedgerDocuments ledgers = new LedgerDocuments(store);
    private final ReconciliationDocuments runs = new ReconciliationDocuments(store);
    private final TurnedClock time = new TurnedClock();
    private Instant now = time.now();
    private Emulator emulator;
    private EmulatedService emulated;
    private DpsInstance instance;
    private DpsService dps;

    @BeforeEach
    void anInstanceWithAGroup() throws Exception {
        emulator = Emulator.start(EmulatorConfig.of(1, 1_000), directory, time, BodyReader.Limits.DPS);
        emulated = new EmulatedService(emulator, () -> now, pause -> now = now.plus(pause));
        instance = emulated.instances(EnrollmentPolicy.EXTERNAL).getFirst();
        dps = emulated.service(instance);
        dps.putGroup(group());
    }

    @AfterEach
    void stop() throws IOException {
        emulated.close();
    }

    @Test
    void devicesAreCountedConfirmedAndMissed() {
        told("device-1");
        told("device-2");
        told("device-3");
        for (var id : List.of("device-1", "device-2", "stranger")) {
            register(id);
        }

        assertThat(reconcile(2)).isEqualTo(Reconciler.Outcome.DONE);

        assertThat(settled().count().groups()).contains(new GroupCount(GROUP, true, 3, true));
        assertThat(settled().settlement().counted()).isEqualTo(3);
        assertThat(settled().settlement().committedAfter()).isEqualTo(4);
        assertThat(kind("device-1")).isEqualTo(DeviceState.Kind.REGISTERED);
        assertThat(kind("device-3")).isEqualTo(DeviceState.Kind.TOLD);
        assertThat(found(Finding.Kind.UNKNOWN)).containsExactly("stranger");

        dps.deleteRegistration("device-1", null);
        now = now.plusSeconds(60);
        assertThat(reconcile(2)).isEqualTo(Reconciler.Outcome.DONE);

        assertThat(found(Finding.Kind.MISSING)).containsExactly("device-1");
        assertThat(kind("device-1")).isEqualTo(DeviceState.Kind.FAILED);
        assertThat(settled().settlement().counted()).isEqualTo(2);
        assertThat(settled().settlement().committedAfter()).isEqualTo(4);
    }

    @Test
    void registrationsOfADeletedGroupAreStillCounted() {
        register("device-1");
        register("device-2");
        reconcile(1_000);
        dps.deleteGroup(GROUP, requireNonNull(dps.findGroup(GROUP).orElseThrow().etag()));
        now = now.plusSeconds(60);

        assertThat(reconcile(1_000)).isEqualTo(Reconciler.Outcome.DONE);

        assertThat(settled().count().groups()).contains(new GroupCount(GROUP, false, 2, true));
        assertThat(settled().settlement().counted()).isEqualTo(2);
    }

    private Reconciler.Outcome reconcile(int pageSize) {
        return new Reconciler(
                        devices,
                        ledgers,
                        runs,
                        emulated.services(),
                        ReconciliationSettings.DEFAULT.withPageSize(pageSize),
                        "test",
                        () -> now,
                        pause -> now = now.plus(pause),
                        emulated.threads(),
                        ReconciliationEvents.NONE)
                .run(instance, InventorySnapshot.of(List.of(), List.of(instance), List.of(), List.of()), now);
    }

    private Stage.Settled settled() {
        return (Stage.Settled) runs.find(instance.id()).orElseThrow().value().stage();
    }

    private List<String> found(Finding.Kind kind) {
        return runs.findings(instance.id(), kind).stream()
                .map(Finding::registrationId)
                .toList();
    }

    private DeviceState.Kind kind(String id) {
        return devices.find(CONTOSO, new RegistrationId(id))
                .orElseThrow()
                .value()
                .state()
                .kind();
    }

    private void register(String id) {
        var device = new TestDevice(emulator.description(), instance.idScope(), FACTORY.device(id));
        var answer = device.register(id);
        time.turn(Duration.ofSeconds(3));
        assertThat(device.poll(id, answer.text("/operationId")).text("/status")).isEqualTo("assigned");
    }

    private void told(String id) {
        var since = now.minusSeconds(1);
        var state = new DeviceState.Told(new Assignment(instance.id(), 1, since));
        devices.insert(
                new Device(CONTOSO, CONTOSO, new RegistrationId(id), id, "factory", "aa", state, since, since, since));
    }

    private static RemoteGroup group() {
        return new RemoteGroup(
                GROUP,
                new Attestation.SigningCertificates(Attestation.Signer.of(FACTORY.certificate()), null),
                true,
                null,
                List.of(),
                null,
                null,
                null);
    }
}
