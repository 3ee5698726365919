package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.dps.DpsEvents;
import dev.berth.dps.FenceSettings;
import dev.berth.dps.SdkDpsServices;
import dev.berth.dps.Secret;
import dev.berth.dps.ServiceCredential;
import dev.berth.dps.ServiceCredentials;
import dev.berth.dps.ServiceNetwork;
import dev.berth.enrollment.EnrollmentSync;
import dev.berth.enrollment.SyncEvents;
import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.Limits;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Tenant;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import dev.berth.store.embedded.EmbeddedStore;
import dev.berth.store.embedded.EmbeddedStoreOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Enrollment groups for three trust anchors at each of sixty DPS instances: made by a first sync, found in order by the next. The emulator is a
 * process of its own, and the official service client calls it through its proxy; Berth, with the embedded store, is here.
 */
public final class SyncBenchmark implements Benchmark {
    private static final int INSTANCES = 60;
    private static final List<String> ANCHORS = List.of("factory-1", "factory-2", "factory-3");
    private static final TenantId TENANT = new TenantId("contoso");

    /** A fleet that waits for a new instance should hardly notice. */
    private static final double FIRST_GOAL_SECONDS = 30;

    private static final double NEXT_GOAL_SECONDS = 15;

    /** One page of groups, and each group written once. */
    private static final double FIRST_GOAL_OPERATIONS = INSTANCES * (1.0 + ANCHORS.size());

    /** The page alone. */
    private static final double NEXT_GOAL_OPERATIONS = INSTANCES;

    private final List<String> launcher;
    private final Path directory;

    /** {@code launcher} is the command that runs {@code berth}, without a verb. */
    public SyncBenchmark(List<String> launcher, Path directory) {
        this.launcher = List.copyOf(launcher);
        this.directory = directory;
    }

    @Override
    public List<Figure> measure() throws Exception {
        var at = directory.resolve("emulator");
        var command = new ArrayList<>(launcher);
        command.addAll(List.of("emulator", "--dir", at.toString(), "--instances", Integer.toString(INSTANCES)));
        try (var emulator = MeasuredProcess.start(command, at.resolve("emulator.json"));
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var store = EmbeddedStore.open(
                        directory.resolve("store"), EmbeddedStoreOptions.defaults(), StoreListener.NONE)) {
            network(emulator.description()).install();
            var catalogs = InventoryDocuments.over(store);
            declare(catalogs, emulator.description());
            var operations = new Operations();
            var sync = new EnrollmentSync(
                    catalogs,
                    services(emulator.description(), threads),
                    new SyncRunDocuments(store),
                    "benchmark",
                    InstantSource.system(),
                    operations);
            return figures(sync, new Pools(catalogs), operations, threads);
        }
    }

    private static List<Figure> figures(
            EnrollmentSync sync, Pools pools, Operations operations, ExecutorService threads) throws Exception {
        double first = seconds(sync, pools, threads);
        double firstOperations = operations.taken();
        requireFullPools(pools);
        double next = seconds(sync, pools, threads);
        double nextOperations = operations.taken();
        return List.of(
                Figure.atMost(FIRST_GOAL_SECONDS, "sync-first-60x3", first, "s"),
                Figure.atMost(FIRST_GOAL_OPERATIONS, "sync-first-operations", firstOperations, "operations"),
                Figure.atMost(NEXT_GOAL_SECONDS, "sync-next-60x3", next, "s"),
                Figure.atMost(NEXT_GOAL_OPERATIONS, "sync-next-operations", nextOperations, "operations"));
    }

    /** All instances at the same time, as the service does it. */
    private static double seconds(EnrollmentSync sync, Pools pools, ExecutorService threads) throws Exception {
        Instant now = InstantSource.system().instant();
        pools.refresh(now);
        var inventory = pools.snapshot();
        var runs = inventory.dpsInstances().stream()
                .<Callable<EnrollmentSync.Outcome>>map(instance -> () -> sync.run(instance, inventory, now))
                .toList();
        long began = System.nanoTime();
        for (var run : threads.invokeAll(runs)) {
            if (run.get() != EnrollmentSync.Outcome.DONE) {
                throw new IllegalStateException("a sync ended with " + run.get());
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static void requireFullPools(Pools pools) {
        pools.refresh(InstantSource.system().instant());
        for (var anchor : ANCHORS) {
            if (pools.snapshot().poolFor(TENANT, anchor).instances().size() != INSTANCES) {
                throw new IllegalStateException("not every instance takes the devices of " + anchor);
            }
        }
    }

    private static void declare(Catalogs catalogs, JsonNode emulator) {
        var pki = new Pki();
        catalogs.tenants().insert(new Tenant(TENANT, "Contoso", null));
        var proven = new Possession.Proven(InstantSource.system().instant());
        for (var name : ANCHORS) {
            var certificate = pki.root(name, KeyAlgorithm.P_256).certificate();
            catalogs.trustAnchors().insert(new TrustAnchor(TENANT, name, certificate, proven));
        }
        emulator.path("instances").forEach(json -> catalogs.dpsInstances().insert(instance(json)));
    }

    private static DpsInstance instance(JsonNode json) {
        String name = json.path("name").asText();
        return new DpsInstance(
                new DpsInstanceId(TENANT, name),
                json.path("idScope").asText(),
                "global.azure-devices-provisioning.net",
                json.path("serviceEndpoint").asText(),
                null,
                null,
                null,
                Limits.DPS,
                1,
                DpsInstance.State.ACTIVE,
                name,
                EnrollmentPolicy.MANAGED);
    }

    private static SdkDpsServices services(JsonNode emulator, ExecutorService threads) {
        var credentials = new HashMap<String, ServiceCredential>();
        for (var json : emulator.path("instances")) {
            var secret = new Secret.Inline(
                    json.path("serviceConnectionStringForProxy").asText());
            credentials.put(json.path("name").asText(), new ServiceCredential(TENANT, secret, new Secret.None()));
        }
        return new SdkDpsServices(
                new ServiceCredentials(credentials),
                FenceSettings.DEFAULT,
                threads,
                InstantSource.system(),
                System::nanoTime,
                Thread::sleep,
                DpsEvents.NONE);
    }

    private static ServiceNetwork network(JsonNode emulator) {
        var proxy = emulator.path("proxyEndpoint").asText().split(":", -1);
        return new ServiceNetwork(
                List.of(".azure-devices-provisioning.net"),
                Optional.of(InetSocketAddress.createUnresolved(proxy[0], Integer.parseInt(proxy[1]))),
                Optional.of(Path.of(emulator.path("caFile").asText())));
    }

    /** How many operations the runs took. */
    private static final class Operations implements SyncEvents {
        private final AtomicLong sum = new AtomicLong();

        @Override
        public void ran(DpsInstanceId instance, Duration took, long operations, @Nullable String failure) {
            sum.addAndGet(operations);
        }

        double taken() {
            return (double) sum.getAndSet(0);
        }
    }
}
