package dev.berth.lifecycle;

import dev.berth.enrollment.Attestation;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.InMemoryDps;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.enrollment.RemoteRegistration;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.Limits;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.ReconciliationDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Two instances of one tenant, what they hold, and what Berth believes of them. */
final class ReconciliationFixture {
    static final TenantId CONTOSO = new TenantId("contoso");
    static final String GROUP = "factory";
    static final String HUB = "contoso-1.azure-devices.net";
    static final Limits LIMITS = new Limits(1_000, 1_000, 1_000, 0, Duration.ofMillis(1_200));

    final VirtualClock clock = new VirtualClock();
    final InMemoryDocumentStore store = new InMemoryDocumentStore();
    final DeviceDocuments devices = new DeviceDocuments(store);
    final LedgerDocuments ledgers = new LedgerDocuments(store);
    final ReconciliationDocuments runs = new ReconciliationDocuments(store);
    final DpsInstance here = instance("eu-1");
    final DpsInstance there = instance("eu-2");
    final InMemoryDps dpsHere = new InMemoryDps();
    final InMemoryDps dpsThere = new InMemoryDps();
    final Map<DpsInstanceId, DpsServices.Access> services = new HashMap<>();
    final InventorySnapshot inventory = InventorySnapshot.of(List.of(), List.of(here, there), List.of(), List.of());
    ReconciliationSettings settings = ReconciliationSettings.DEFAULT;
    ReconciliationEvents events = ReconciliationEvents.NONE;

    ReconciliationFixture() {
        services.put(here.id(), new DpsServices.Access.Open(dpsHere));
        services.put(there.id(), new DpsServices.Access.Open(dpsThere));
        dpsHere.place(group(GROUP));
    }

    static DpsInstance instance(String name) {
        return new DpsInstance(
                new DpsInstanceId(CONTOSO, name),
                "0ne" + name.replace("-", ""),
                "global.azure-devices-provisioning.net",
                name + ".azure-devices-provisioning.net",
                null,
                null,
                null,
                LIMITS,
                1,
                DpsInstance.State.ACTIVE,
                "contoso-" + name,
                EnrollmentPolicy.EXTERNAL);
    }

    static RemoteGroup group(String id) {
        return new RemoteGroup(id, new Attestation.Other("symmetricKey"), true, null, List.of(), null, null, null);
    }

    Reconciler reconciler(String replica) {
        return new Reconciler(
                devices,
                ledgers,
                runs,
                instance -> services.getOrDefault(
                        instance.id(),
                        new DpsServices.Access.Closed(DpsServices.Reason.UNKNOWN_CREDENTIALS, "none are configured")),
                settings,
                replica,
                clock,
                clock::advance,
                Runnable::run,
                events);
    }

    /** Reconciles {@link #here}, once more if it was done before. */
    Reconciler.Outcome reconcile() {
        return reconciler("replica-1").run(here, inventory, clock.instant());
    }

    /** Goes on with what another replica left, or is at. */
    Reconciler.Outcome goOnElsewhere() {
        return reconciler("replica-2").run(here, inventory, Instant.MIN);
    }

    /** Does it before each page of registrations is read, given the number of the page from 1. */
    void beforePages(IntConsumer event) {
        var pages = new AtomicInteger();
        dpsHere.before(call -> {
            if (call.startsWith("listRegistrations")) {
                event.accept(pages.incrementAndGet());
            }
        });
    }

    void beforePage(int page, Runnable event) {
        beforePages(number -> {
            if (number == page) {
                event.run();
            }
        });
    }

    /** The device as told where to register a minute ago. */
    Device told(String id, DpsInstance instance) {
        var since = clock.instant().minusSeconds(60);
        return add(id, new DeviceState.Told(new Assignment(instance.id(), 1, since.plusSeconds(10))), since);
    }

    Device registered(String id, DpsInstance instance, @Nullable String hub) {
        var since = clock.instant().minusSeconds(60);
        var assignment = new Assignment(instance.id(), 1, since);
        return add(id, new DeviceState.Registered(assignment, hub, id), since);
    }

    Device add(String id, DeviceState state, Instant since) {
        var device =
                new Device(CONTOSO, CONTOSO, new RegistrationId(id), id, "factory", "aa", state, since, since, since);
        devices.insert(device);
        return device;
    }

    Device device(String id) {
        return devices.find(CONTOSO, new RegistrationId(id)).orElseThrow().value();
    }

    /** Registered half a minute ago. */
    RemoteRegistration assigned(String id) {
        return registration(
                id, RemoteRegistration.Status.ASSIGNED, HUB, clock.instant().minusSeconds(30));
    }

    static RemoteRegistration registration(
            String id, RemoteRegistration.Status status, @Nullable String hub, @Nullable Instant at) {
        boolean failed = status == RemoteRegistration.Status.FAILED;
        return new RemoteRegistration(
                id, status, hub, hub == null ? null : id, at, at, failed ? 400_207 : null, failed ? "no" : null, null);
    }

    void commit(long committed) {
        var found = ledgers.find(here.id());
        ledgers.swap(
                here.id(),
                found.map(Versioned::version).orElse(null),
                new Ledger(clock.instant(), committed, ledger().epoch(), ledger().settledEpoch()));
    }

    Ledger ledger() {
        return ledgers.find(here.id()).map(Versioned::value).orElse(Ledger.UNUSED);
    }

    boolean ledgerSettled() {
        return ledger().settledEpoch() > 0;
    }

    Reconciliation newest() {
        return runs.find(here.id()).orElseThrow().value();
    }

    Stage.Settled settled() {
        return (Stage.Settled) newest().stage();
    }

    String failure() {
        return ((Stage.Failed) newest().stage()).reason();
    }

    List<Finding> findings(Finding.Kind kind) {
        return runs.findings(here.id(), kind);
    }
}
