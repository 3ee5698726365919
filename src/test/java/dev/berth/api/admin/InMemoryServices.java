package dev.berth.api.admin;

import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.EnrollmentSync;
import dev.berth.enrollment.EnrollmentSyncs;
import dev.berth.enrollment.SyncEvents;
import dev.berth.enrollment.SyncSchedule;
import dev.berth.explanation.Explainer;
import dev.berth.forecast.Forecasts;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.EndpointPolicy;
import dev.berth.inventory.InstancePolicy;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Pools;
import dev.berth.lifecycle.PeriodicReconciliation;
import dev.berth.lifecycle.Reconciler;
import dev.berth.lifecycle.ReconciliationEvents;
import dev.berth.lifecycle.ReconciliationSettings;
import dev.berth.provisioning.Devices;
import dev.berth.region.InstanceMoves;
import dev.berth.scheduling.ArrivalLog;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Outlook;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.ReconciliationDocuments;
import dev.berth.store.documents.RegistrationHistoryDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The domain over a store in memory, for the tests that enable it. */
@Alternative
@Singleton
class InMemoryServices {
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    InMemoryDocumentStore memory() {
        return new InMemoryDocumentStore();
    }

    @Produces
    @Singleton
    Catalogs catalogs(InMemoryDocumentStore store) {
        return InventoryDocuments.over(store);
    }

    @Produces
    @Singleton
    Devices devices(InMemoryDocumentStore store) {
        return new DeviceDocuments(store);
    }

    @Produces
    @Singleton
    Pools pools(Catalogs catalogs) {
        return new Pools(catalogs);
    }

    @Produces
    @Singleton
    Inventory inventory(Catalogs catalogs, Pools pools, Devices devices, InstantSource clock) {
        return new Inventory(
                catalogs,
                pools,
                new InstancePolicy(EndpointPolicy.AZURE, Duration.ofMillis(1_200)),
                devices::anyAt,
                clock,
                new SecureRandom());
    }

    private static DpsServices.Access nobody(DpsInstance instance) {
        return new DpsServices.Access.Closed(
                DpsServices.Reason.UNKNOWN_CREDENTIALS, "there are no credentials in this test");
    }

    @Produces
    @Singleton
    PeriodicReconciliation reconciliations(
            InMemoryDocumentStore store, Devices devices, Pools pools, InstantSource clock) {
        var documents = new ReconciliationDocuments(store);
        var reconciler = new Reconciler(
                devices,
                new LedgerDocuments(store),
                documents,
                InMemoryServices::nobody,
                ReconciliationSettings.DEFAULT,
                "test",
                clock,
                Thread::sleep,
                Runnable::run,
                ReconciliationEvents.NONE);
        return new PeriodicReconciliation(
                reconciler, documents, ReconciliationSettings.DEFAULT.interval(), pools, clock, Runnable::run);
    }

    @Produces
    @Singleton
    ArrivalLog arrivals(InstantSource clock) {
        return new ArrivalLog(clock);
    }

    @Produces
    @Singleton
    SchedulingSettings schedulingSettings() {
        return SchedulingSettings.DEFAULT;
    }

    @Produces
    @Singleton
    EnrollmentSyncs enrollmentSyncs(InMemoryDocumentStore store, Catalogs catalogs, Pools pools, InstantSource clock) {
        var runs = new SyncRunDocuments(store);
        var sync = new EnrollmentSync(catalogs, InMemoryServices::nobody, runs, "test", clock, SyncEvents.NONE);
        return new EnrollmentSyncs(sync, new SyncSchedule(Duration.ofMinutes(5)), runs, pools, clock, Runnable::run);
    }

    @Produces
    @Singleton
    Outlook outlook(InMemoryDocumentStore store, InstantSource clock) {
        return new Outlook(
                new LedgerDocuments(store),
                new QueueDocuments(store),
                new InstanceHealth(),
                SchedulingSettings.DEFAULT,
                clock);
    }

    @Produces
    @Singleton
    Explainer explainer(Pools pools, Outlook outlook, InstantSource clock) {
        return new Explainer(pools, outlook, SchedulingSettings.DEFAULT, clock);
    }

    /** There is one region here, so instances have nowhere to move. */
    @Produces
    @Singleton
    InstanceMoves moves() {
        return InstanceMoves.NONE;
    }

    @Produces
    @Singleton
    Forecasts forecasts(InMemoryDocumentStore store, Pools pools, Outlook outlook, InstantSource clock) {
        return new Forecasts(pools, outlook, new RegistrationHistoryDocuments(store), clock);
    }
}
