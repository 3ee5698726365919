package dev.berth.app;

import dev.berth.explanation.Explainer;
import dev.berth.forecast.Forecasts;
import dev.berth.forecast.RegistrationHistories;
import dev.berth.forecast.RegistrationMeter;
import dev.berth.identity.ChainValidator;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.EndpointPolicy;
import dev.berth.inventory.InstancePolicy;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Pools;
import dev.berth.provisioning.AssignmentClaims;
import dev.berth.provisioning.Devices;
import dev.berth.provisioning.KnownDevices;
import dev.berth.provisioning.PoolSource;
import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.region.LostClaims;
import dev.berth.scheduling.ArrivalLog;
import dev.berth.scheduling.ClockOffset;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Ledgers;
import dev.berth.scheduling.Outlook;
import dev.berth.scheduling.Queues;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.store.DocumentStore;
import dev.berth.store.StoreListener;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.RegistrationHistoryDocuments;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The one place where the rooms meet: which adapter stands behind which port, on which clock. */
@Singleton
final class Composition {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    DocumentStore store(BerthConfig config, StoreListener listener) {
        return OpenedStore.requireWhole(Stores.open(config, listener));
    }

    void close(@Disposes DocumentStore store) {
        store.close();
    }

    @Produces
    @Singleton
    Catalogs catalogs(DocumentStore store) {
        return InventoryDocuments.over(store);
    }

    @Produces
    @Singleton
    Inventory inventory(
            BerthConfig config,
            RegionalComposition regions,
            SchedulingSettings settings,
            Catalogs catalogs,
            Pools pools,
            Devices devices,
            InstantSource clock) {
        var endpoints = new EndpointPolicy(
                List.copyOf(config.inventory().endpointSuffixes()),
                config.inventory().loopbackEndpoints());
        var policy = new InstancePolicy(endpoints, settings.arrivalSpreadMin(), regions.names());
        return new Inventory(catalogs, pools, policy, devices::anyAt, clock, new SecureRandom());
    }

    @Produces
    @Singleton
    ChainValidator chainValidator() {
        return new ChainValidator();
    }

    @Produces
    @Singleton
    InstanceHealth instanceHealth() {
        return new InstanceHealth();
    }

    @Produces
    @Singleton
    ClockOffset clockOffset(DocumentStore store, SchedulingSettings settings, InstantSource clock) {
        return clockOffset(store, settings, clock, System::nanoTime);
    }

    /** @param ticker runs on whatever {@code clock} is set to */
    ClockOffset clockOffset(
            DocumentStore store, SchedulingSettings settings, InstantSource clock, LongSupplier ticker) {
        return new ClockOffset(Stores.time(store, clock), settings, clock, ticker);
    }

    @Produces
    @Singleton
    ArrivalLog arrivalLog(InstantSource clock) {
        return new ArrivalLog(clock);
    }

    @Produces
    @Singleton
    SchedulingSettings schedulingSettings(BerthConfig config) {
        return Settings.scheduling(config.scheduling());
    }

    @Produces
    @Singleton
    Scheduler scheduler(
            Ledgers ledgers,
            Queues queues,
            InstanceHealth health,
            ClockOffset offset,
            SchedulingSettings settings,
            InstantSource clock,
            SchedulingEvents events) {
        Executor prefetch = task -> Thread.ofVirtual().name("prefetch").start(task);
        return new Scheduler(ledgers, queues, health, offset, settings, clock, prefetch, events);
    }

    @Produces
    @Singleton
    PoolSource poolSource(Pools pools) {
        return new SnapshotPools(pools);
    }

    @Produces
    @Singleton
    KnownDevices knownDevices(BerthConfig config) {
        return new KnownDevices(Settings.knownDevices(config.knownDevices()), System::nanoTime);
    }

    @Produces
    @Singleton
    ProvisioningService provisioning(
            Devices devices,
            KnownDevices known,
            PoolSource pools,
            AssignmentClaims claims,
            Scheduler scheduler,
            SchedulingSettings settings,
            InstantSource clock,
            ProvisioningEvents events) {
        return new ProvisioningService(devices, known, pools, claims, scheduler, settings, clock, events);
    }

    @Produces
    @Singleton
    Outlook outlook(
            Ledgers ledgers, Queues queues, InstanceHealth health, SchedulingSettings settings, InstantSource clock) {
        return new Outlook(ledgers, queues, health, settings, clock);
    }

    @Produces
    @Singleton
    Explainer explainer(
            Pools pools, Outlook outlook, LostClaims disputes, SchedulingSettings settings, InstantSource clock) {
        return new Explainer(pools, outlook, disputes, settings, clock);
    }

    @Produces
    @Singleton
    RegistrationHistories registrationHistories(DocumentStore store) {
        return new RegistrationHistoryDocuments(store);
    }

    @Produces
    @Singleton
    RegistrationMeter registrationMeter(RegistrationHistories histories, InstantSource clock) {
        return new RegistrationMeter(histories, clock);
    }

    @Produces
    @Singleton
    Forecasts forecasts(Pools pools, Outlook outlook, RegistrationHistories histories, InstantSource clock) {
        return new Forecasts(pools, outlook, histories, clock);
    }
}
