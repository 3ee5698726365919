package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dps.DpsEvents;
import dev.berth.dps.FenceSettings;
import dev.berth.dps.SdkDpsServices;
import dev.berth.dps.Secret;
import dev.berth.dps.ServiceCredential;
import dev.berth.dps.ServiceCredentials;
import dev.berth.dps.ServiceNetwork;
import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.emulator.EmulatorDescription;
import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.EnrollmentSync;
import dev.berth.enrollment.EnrollmentSync.Outcome;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.enrollment.SyncEvents;
import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.EnrollmentStanding;
import dev.berth.inventory.Limits;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Tenant;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sync with the official client, through the emulator's proxy, at emulated DPS instances. */
@Timeout(120)
class EmulatedEnrollmentTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final String REMOTE_ID = "berth.contoso.factory";

    @TempDir
    Path directory;

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Catalogs catalogs = InventoryDocuments.over(store);
    private final Pools pools = new Pools(catalogs);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Instant now = Instant.now();
    private Emulator emulator;
    private DpsServices services;

    @BeforeEach
    void twoInstancesThatBerthManages() throws Exception {
        emulator = Emulator.start(EmulatorConfig.of(2, 1_000), directory);
        var description = emulator.description();
        var proxy = description.proxyEndpoint().split(":", -1);
        new ServiceNetwork(
                        List.of(".azure-devices-provisioning.net"),
                        Optional.of(InetSocketAddress.createUnresolved(proxy[0], Integer.parseInt(proxy[1]))),
                        Optional.of(description.caFile()))
                .install();
        var factory = new Pki().root("Factory", KeyAlgorithm.P_256).certificate();
        catalogs.tenants().insert(new Tenant(CONTOSO, "Contoso", null));
        catalogs.trustAnchors().insert(new TrustAnchor(CONTOSO, "factory", factory, new Possession.Proven(now)));
        var credentials = new HashMap<String, ServiceCredential>();
        description.instances().forEach(instance -> {
            catalogs.dpsInstances().insert(managed(instance));
            credentials.put(
                    instance.name(),
                    new ServiceCredential(
                            CONTOSO, new Secret.Inline(instance.serviceConnectionStringForProxy()), new Secret.None()));
        });
        services = new SdkDpsServices(
                new ServiceCredentials(credentials),
                FenceSettings.DEFAULT,
                threads,
                () -> now,
                System::nanoTime,
                pause -> now = now.plus(pause),
                DpsEvents.NONE);
    }

    @AfterEach
    void stop() throws IOException {
        threads.shutdownNow();
        emulator.close();
    }

    @Test
    void groupsAreMadeFoundAgainRepairedAndDeleted() {
        assertThat(syncAll()).containsOnly(Outcome.DONE);
        assertThat(pool()).hasSize(2);
        var dps = service();
        var made = dps.findGroup(REMOTE_ID).orElseThrow();
        assertThat(made.mark()).isEqualTo(new RemoteGroup.Mark(CONTOSO, "factory", "factory-at-dps-1"));

        dps.putGroup(new RemoteGroup(
                made.id(),
                new dev.berth.enrollment.Attestation.SigningCertificates(
                        dev.berth.enrollment.Attestation.Signer.of(
                                pools.snapshot().trustAnchors().all().getFirst().certificate()),
                        null),
                false,
                null,
                List.of(),
                null,
                made.mark(),
                made.etag()));
        assertThat(syncAll()).containsOnly(Outcome.DONE);
        assertThat(dps.findGroup(REMOTE_ID).orElseThrow().enabled()).isTrue();
        assertThat(states()).containsOnly(EnrollmentStanding.State.STANDING);
        long before = dps.operations();
        assertThat(dps.listGroups(10, null).values()).hasSize(1);
        assertThat(dps.listRegistrations(REMOTE_ID, 10, null).values()).isEmpty();
        assertThat(dps.operations()).isEqualTo(before + 2);

        catalogs.trustAnchors()
                .find(CONTOSO, "factory")
                .ifPresent(found -> catalogs.trustAnchors().delete(CONTOSO, "factory", found.version()));
        assertThat(syncAll()).containsOnly(Outcome.DONE);
        assertThat(dps.findGroup(REMOTE_ID)).isEmpty();
    }

    private List<Outcome> syncAll() {
        var sync =
                new EnrollmentSync(catalogs, services, new SyncRunDocuments(store), "test", () -> now, SyncEvents.NONE);
        now = now.plusSeconds(1);
        pools.refresh(now);
        return pools.snapshot().dpsInstances().stream()
                .map(instance -> sync.run(instance, pools.snapshot(), now))
                .toList();
    }

    private DpsService service() {
        var first = pools.snapshot()
                .dpsInstance(new DpsInstanceId(CONTOSO, "dps-1"))
                .orElseThrow();
        return ((DpsServices.Access.Open) services.access(first)).service();
    }

    private List<DpsInstance> pool() {
        pools.refresh(now);
        return pools.snapshot().poolFor(CONTOSO, "factory").instances();
    }

    private List<EnrollmentStanding.State> states() {
        return catalogs.enrollmentStandings().listAll(10, null).values().stream()
                .map(found -> found.value().state())
                .toList();
    }

    private static DpsInstance managed(EmulatorDescription.Instance instance) {
        return new DpsInstance(
                new DpsInstanceId(CONTOSO, instance.name()),
                instance.idScope(),
                "localhost:1",
                instance.serviceEndpoint(),
                null,
                null,
                null,
                Limits.DPS,
                1,
                DpsInstance.State.ACTIVE,
                instance.name(),
                EnrollmentPolicy.MANAGED);
    }
}
