package dev.berth.explanation;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Tenant;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.PoolSource;
import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.region.LostClaims;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.Outlook;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One Berth whose devices can be explained: the real classes over a store in memory, on a virtual clock. */
final class ExplainedBerth implements PoolSource {
    static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    static final String ANCHOR = "factory";

    final VirtualClock clock = new VirtualClock();
    final InMemoryDocumentStore store = new InMemoryDocumentStore();
    final InstanceHealth health = new InstanceHealth();
    private final Catalogs catalogs = InventoryDocuments.over(store);
    private final Pools pools = new Pools(catalogs);
    private final DeviceDocuments devices = new DeviceDocuments(store);
    private final LedgerDocuments ledgers = new LedgerDocuments(store);
    private final QueueDocuments queues = new QueueDocuments(store);
    private final Scheduler scheduler =
            new Scheduler(ledgers, queues, health, SETTINGS, clock, Runnable::run, SchedulingEvents.NONE);
    private final ProvisioningService service =
            new ProvisioningService(devices, this, scheduler, SETTINGS, clock, ProvisioningEvents.NONE);
    private final Explainer explainer =
            new Explainer(pools, new Outlook(ledgers, queues, health, SETTINGS, clock), SETTINGS, clock);

    ExplainedBerth() {
        tenant(null);
    }

    /** Names the geography that devices have to stay in. */
    void tenant(@Nullable String geography) {
        var tenant = new Tenant(Instances.TENANT, "Contoso", geography);
        catalogs.tenants()
                .find(Instances.TENANT, Instances.TENANT.value())
                .ifPresentOrElse(
                        found -> catalogs.tenants().replace(tenant, found.version()),
                        () -> catalogs.tenants().insert(tenant));
        pools.refresh(clock.instant());
    }

    /** Adds the instance with an enrollment group, or puts it in the place of what it was. */
    void put(DpsInstance instance) {
        var name = instance.id().name();
        var found = catalogs.dpsInstances().find(Instances.TENANT, name);
        if (found.isPresent()) {
            catalogs.dpsInstances().replace(instance, found.get().version());
        } else {
            catalogs.dpsInstances().insert(instance);
            catalogs.enrollmentGroups().insert(new EnrollmentGroup(Instances.TENANT, name, name, ANCHOR, true));
        }
        pools.refresh(clock.instant());
    }

    void remove(DpsInstance instance) {
        var found = catalogs.dpsInstances().find(Instances.TENANT, instance.id().name());
        catalogs.dpsInstances()
                .delete(
                        Instances.TENANT,
                        instance.id().name(),
                        found.orElseThrow().version());
        pools.refresh(clock.instant());
    }

    IdScopeAnswer ask(String device) {
        return service.idScope(identity(device), false);
    }

    void report(String device, RegistrationReport report) {
        service.report(identity(device), report);
    }

    /** Lets others ask until the device that asks next has to wait. */
    void fillHorizon() {
        int others = 0;
        while (!(ask("other-" + others) instanceof IdScopeAnswer.Queued)) {
            others++;
        }
    }

    Explanation explain(String device) {
        return explainer.explain(devices.find(Instances.TENANT, new RegistrationId(device))
                .map(Versioned::value)
                .orElseThrow());
    }

    /** The same where regions disagreed. */
    Explanation explain(String device, LostClaims disputes) {
        var outlook = new Outlook(ledgers, queues, health, SETTINGS, clock);
        return new Explainer(pools, outlook, disputes, SETTINGS, clock)
                .explain(devices.find(Instances.TENANT, new RegistrationId(device))
                        .map(Versioned::value)
                        .orElseThrow());
    }

    /** The same by a replica of {@code region}. */
    Explanation explainIn(String region, String device) {
        var there = new Pools(catalogs, region);
        there.refresh(clock.instant());
        var outlook = new Outlook(ledgers, queues, health, SETTINGS, clock);
        return new Explainer(there, outlook, SETTINGS, clock)
                .explain(devices.find(Instances.TENANT, new RegistrationId(device))
                        .map(Versioned::value)
                        .orElseThrow());
    }

    @Override
    public Pool poolFor(TenantId owner, DeviceIdentity device) {
        var pool = pools.snapshot().poolFor(owner, device.trustAnchor());
        var reason = pool.emptyReason();
        return reason == null
                ? new Pool.Instances(
                        QueueKey.ofPool(owner, device.origin(), device.trustAnchor(), pool.geography()),
                        pool.instances())
                : new Pool.Empty(reason);
    }

    @Override
    public Optional<DpsInstance> instance(DpsInstanceId id) {
        return pools.snapshot().dpsInstance(id);
    }

    private static DeviceIdentity identity(String device) {
        return new DeviceIdentity(Instances.TENANT, ANCHOR, new RegistrationId(device), "aa");
    }
}
