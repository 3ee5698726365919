package dev.berth.provisioning;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.scheduling.ClockOffset;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.store.DocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One Berth of a test: the real classes on a given store and clock, with an inventory that the test may change. */
final class Replica implements PoolSource {
    final DeviceDocuments devices;
    final LedgerDocuments ledgers;
    final InstanceHealth health = new InstanceHealth();
    final Scheduler scheduler;
    final ProvisioningService service;
    volatile List<DpsInstance> instances;
    volatile List<DpsInstance> pool;

    Replica(DocumentStore store, InstantSource clock, SchedulingSettings settings, List<DpsInstance> instances) {
        this(store, clock, settings, instances, SchedulingEvents.NONE);
    }

    Replica(
            DocumentStore store,
            InstantSource clock,
            SchedulingSettings settings,
            List<DpsInstance> instances,
            SchedulingEvents events) {
        this.instances = instances;
        this.pool = instances;
        this.devices = new DeviceDocuments(store);
        this.ledgers = new LedgerDocuments(store);
        this.scheduler =
                new Scheduler(ledgers, new QueueDocuments(store), health, settings, clock, Runnable::run, events);
        this.service = new ProvisioningService(devices, this, scheduler, settings, clock, ProvisioningEvents.NONE);
    }

    /** One that knows how far its clock is off. */
    Replica(
            DocumentStore store,
            InstantSource clock,
            SchedulingSettings settings,
            List<DpsInstance> instances,
            ClockOffset offset) {
        this.instances = instances;
        this.pool = instances;
        this.devices = new DeviceDocuments(store);
        this.ledgers = new LedgerDocuments(store);
        this.scheduler = new Scheduler(
                ledgers,
                new QueueDocuments(store),
                health,
                offset,
                settings,
                clock,
                Runnable::run,
                SchedulingEvents.NONE);
        this.service = new ProvisioningService(devices, this, scheduler, settings, clock, ProvisioningEvents.NONE);
    }

    @Override
    public Pool poolFor(TenantId owner, DeviceIdentity device) {
        return pool.isEmpty()
                ? new Pool.Empty("the test says so")
                : new Pool.Instances(QueueKey.ofPool(owner, owner, device.trustAnchor(), null), pool);
    }

    @Override
    public Optional<DpsInstance> instance(DpsInstanceId id) {
        return instances.stream().filter(instance -> instance.id().equals(id)).findFirst();
    }

    static DeviceIdentity identity(int device) {
        return new DeviceIdentity(Instances.TENANT, "factory", new RegistrationId("device-" + device), "aa");
    }
}
