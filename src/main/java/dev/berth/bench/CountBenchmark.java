package dev.berth.bench;

import dev.berth.enrollment.DpsServices;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.Limits;
import dev.berth.lifecycle.Reconciler;
import dev.berth.lifecycle.ReconciliationEvents;
import dev.berth.lifecycle.ReconciliationSettings;
import dev.berth.lifecycle.Stage;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.ReconciliationDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * One count of an instance that holds a million registrations, against the embedded store with as many devices: what Berth itself needs for it. Of a
 * hundred devices, one is still to be confirmed. DPS answers at once here; in earnest its quota sets the pace.
 */
public final class CountBenchmark implements Benchmark {
    private static final int REGISTRATIONS = 1_000_000;
    private static final int CONFIRMED_ONE_IN = 100;
    private static final int WRITES_AT_ONCE = 1_000;

    /** A thousand pages at four hundred operations a minute, which is what counts may take of DPS's quota: more would be Berth's fault. */
    private static final double SECONDS_GOAL = 150;

    /** A thousand pages of a thousand, and the list of groups. */
    private static final double OPERATIONS_GOAL = 1_001;

    private static final TenantId TENANT = new TenantId("contoso");
    private static final DpsInstance INSTANCE = new DpsInstance(
            new DpsInstanceId(TENANT, "eu-1"),
            "0ne00000001",
            "global.azure-devices-provisioning.net",
            "eu-1.azure-devices-provisioning.net",
            null,
            null,
            null,
            Limits.DPS,
            1,
            DpsInstance.State.ACTIVE);

    private final Path directory;

    /** Needs about a gigabyte in an empty or new directory. */
    public CountBenchmark(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var store = EmbeddedStore.open(directory, EmbeddedStoreOptions.defaults(), StoreListener.NONE)) {
            store.declare(
                    DeviceDocuments.DEVICES, LedgerDocuments.LEDGERS, QueueDocuments.QUEUES, SyncRunDocuments.JOBS);
            var devices = new DeviceDocuments(store);
            var began = InstantSource.system().instant();
            fill(devices, began);
            var dps = new GeneratedDps(REGISTRATIONS, began);
            var runs = new ReconciliationDocuments(store);
            double seconds = count(devices, new LedgerDocuments(store), runs, dps);
            requireComplete(runs);
            return List.of(
                    Figure.atMost(SECONDS_GOAL, "count-1m", seconds, "s"),
                    Figure.atMost(OPERATIONS_GOAL, "count-1m-operations", (double) dps.operations(), "operations"));
        }
    }

    private static double count(
            Devices devices, LedgerDocuments ledgers, ReconciliationDocuments runs, GeneratedDps dps) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reconciler = new Reconciler(
                    devices,
                    ledgers,
                    runs,
                    instance -> new DpsServices.Access.Open(dps),
                    ReconciliationSettings.DEFAULT,
                    "benchmark",
                    InstantSource.system(),
                    Thread::sleep,
                    threads,
                    ReconciliationEvents.NONE);
            var inventory = InventorySnapshot.of(List.of(), List.of(INSTANCE), List.of(), List.of());
            var start = System.nanoTime();
            reconciler.run(INSTANCE, inventory, InstantSource.system().instant());
            return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3;
        }
    }

    private static void requireComplete(ReconciliationDocuments runs) {
        if (!(runs.find(INSTANCE.id()).orElseThrow().value().stage() instanceof Stage.Settled settled)
                || settled.settlement().committedAfter() != REGISTRATIONS
                || settled.count().tally().confirmed() != REGISTRATIONS / CONFIRMED_ONE_IN) {
            throw new IllegalStateException("the count is not what it should be");
        }
    }

    private static void fill(Devices devices, Instant since) throws InterruptedException {
        var places = new Semaphore(WRITES_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < REGISTRATIONS; number++) {
                var device = device(number, since);
                places.acquire();
                threads.execute(() -> {
                    devices.insert(device);
                    places.release();
                });
            }
        }
    }

    private static Device device(int number, Instant since) {
        var id = GeneratedDps.id(number);
        var assignment = new Assignment(INSTANCE.id(), Assignment.FIRST_GENERATION, since);
        DeviceState state = number % CONFIRMED_ONE_IN == 0
                ? new DeviceState.Told(assignment)
                : new DeviceState.Registered(assignment, GeneratedDps.HUB, id);
        return new Device(TENANT, TENANT, new RegistrationId(id), id, "factory", id + id, state, since, since, since);
    }
}
