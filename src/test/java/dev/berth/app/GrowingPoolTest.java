package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.EnrollmentSync;
import dev.berth.enrollment.EnrollmentSyncs;
import dev.berth.enrollment.InMemoryDps;
import dev.berth.enrollment.SyncEvents;
import dev.berth.enrollment.SyncSchedule;
import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.Possession;
import dev.berth.identity.RegistrationId;
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
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A DPS instance is added while a fleet boots through the others. */
class GrowingPoolTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Catalogs catalogs = InventoryDocuments.over(store);
    private final Pools pools = new Pools(catalogs);
    private final Map<String, InMemoryDps> dps = new HashMap<>();
    private final Queue<Runnable> started = new ArrayDeque<>();
    private final EnrollmentSyncs syncs = syncs();
    private final ProvisioningService berth = provisioning();
    private int booted;

    @Test
    void theNewInstanceTakesDevicesFromTheMomentItsEnrollmentsStandAndNotBefore() {
        var factory = new Pki().root("Factory", KeyAlgorithm.P_256).certificate();
        catalogs.tenants().insert(new Tenant(CONTOSO, "Contoso", null));
        catalogs.trustAnchors()
                .insert(new TrustAnchor(CONTOSO, "factory", factory, new Possession.Proven(clock.instant())));
        add("old");
        syncUpkeep();
        assertThat(boot(50)).containsOnlyKeys("old");

        add("new");
        pools.refresh(clock.instant());
        syncs.startDue();
        assertThat(boot(50)).containsOnlyKeys("old");
        finishSyncs();

        assertThat(dps("new").groups()).hasSize(1);
        assertThat(boot(50))
                .containsKey("new")
                .satisfies(taken -> assertThat(taken.get("new")).isGreaterThan(taken.getOrDefault("old", 0)));
    }

    private void add(String name) {
        catalogs.dpsInstances()
                .insert(new DpsInstance(
                        new DpsInstanceId(CONTOSO, name),
                        "0ne" + name,
                        "global.azure-devices-provisioning.net",
                        name + ".azure-devices-provisioning.net",
                        null,
                        null,
                        null,
                        Limits.DPS,
                        1,
                        DpsInstance.State.ACTIVE,
                        "contoso",
                        EnrollmentPolicy.MANAGED));
    }

    private InMemoryDps dps(String instance) {
        return dps.computeIfAbsent(instance, _ -> new InMemoryDps());
    }

    private void syncUpkeep() {
        pools.refresh(clock.instant());
        syncs.startDue();
        finishSyncs();
    }

    private void finishSyncs() {
        clock.advance(Duration.ofSeconds(1));
        while (!started.isEmpty()) {
            started.remove().run();
        }
        pools.refresh(clock.instant());
    }

    /** How many of so many devices went where. */
    private Map<String, Integer> boot(int devices) {
        var taken = new HashMap<String, Integer>();
        for (int i = 0; i < devices; i++) {
            clock.advance(Duration.ofMillis(100));
            var id = "device-" + booted++;
            var device = new DeviceIdentity(CONTOSO, "factory", new RegistrationId(id), "thumbprint");
            if (berth.idScope(device, false) instanceof IdScopeAnswer.Register register) {
                taken.merge(register.instance().id().name(), 1, Integer::sum);
            }
        }
        return taken;
    }

    private EnrollmentSyncs syncs() {
        DpsServices services =
                instance -> new DpsServices.Access.Open(dps(instance.id().name()));
        var runs = new SyncRunDocuments(store);
        var sync = new EnrollmentSync(catalogs, services, runs, "one", clock, SyncEvents.NONE);
        return new EnrollmentSyncs(sync, new SyncSchedule(Duration.ofMinutes(5)), runs, pools, clock, started::add);
    }

    private ProvisioningService provisioning() {
        var settings = SchedulingSettings.DEFAULT;
        var scheduler = new Scheduler(
                new LedgerDocuments(store),
                new QueueDocuments(store),
                new InstanceHealth(),
                settings,
                clock,
                Runnable::run,
                SchedulingEvents.NONE);
        return new ProvisioningService(
                new DeviceDocuments(store),
                new SnapshotPools(pools),
                scheduler,
                settings,
                clock,
                new ProvisioningEvents() {});
    }
}
