package dev.berth.app;

import static dev.berth.app.EmulatedService.CONTOSO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import dev.berth.enrollment.Attestation;
import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.EnrollmentSync;
import dev.berth.enrollment.EnrollmentSync.Outcome;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.enrollment.SyncEvents;
import dev.berth.identity.Possession;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.EnrollmentStanding;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Tenant;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sync with the official client, through the emulator's proxy, at emulated DPS instances. */
@Timeout(120)
class EmulatedEnrollmentTest {
    private static final String REMOTE_ID = "berth.contoso.factory";

    @TempDir
    Path directory;

    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Catalogs catalogs = InventoryDocuments.over(store);
    private final Pools pools = new Pools(catalogs);
    private Instant now = Instant.now();
    private EmulatedService emulated;

    @BeforeEach
    void twoInstancesThatBerthManages() throws Exception {
        emulated = new EmulatedService(
                Emulator.start(EmulatorConfig.of(2, 1_000), directory), () -> now, pause -> now = now.plus(pause));
        var factory = new Pki().root("Factory", KeyAlgorithm.P_256).certificate();
        catalogs.tenants().insert(new Tenant(CONTOSO, "Contoso", null));
        catalogs.trustAnchors().insert(new TrustAnchor(CONTOSO, "factory", factory, new Possession.Proven(now)));
        emulated.instances(EnrollmentPolicy.MANAGED)
                .forEach(instance -> catalogs.dpsInstances().insert(instance));
    }

    @AfterEach
    void stop() throws IOException {
        emulated.close();
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
                new Attestation.SigningCertificates(
                        Attestation.Signer.of(
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
        var sync = new EnrollmentSync(
                catalogs, emulated.services(), new SyncRunDocuments(store), "test", () -> now, SyncEvents.NONE);
        now = now.plusSeconds(1);
        pools.refresh(now);
        return pools.snapshot().dpsInstances().stream()
                .map(instance -> sync.run(instance, pools.snapshot(), now))
                .toList();
    }

    private DpsService service() {
        return emulated.service(pools.snapshot()
                .dpsInstance(new DpsInstanceId(CONTOSO, "dps-1"))
                .orElseThrow());
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
}
