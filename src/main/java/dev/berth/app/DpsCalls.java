package dev.berth.app;

import dev.berth.dps.SdkDpsServices;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.EnrollmentSync;
import dev.berth.enrollment.EnrollmentSyncs;
import dev.berth.enrollment.SyncRuns;
import dev.berth.enrollment.SyncSchedule;
import dev.berth.inventory.Catalogs;
import dev.berth.inventory.Pools;
import dev.berth.lifecycle.PeriodicReconciliation;
import dev.berth.lifecycle.Reconciler;
import dev.berth.provisioning.Devices;
import dev.berth.scheduling.Ledgers;
import dev.berth.store.DocumentStore;
import dev.berth.store.documents.ReconciliationDocuments;
import dev.berth.store.documents.SyncRunDocuments;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** All that calls the service API of DPS instances: how it is wired, when it begins, and how it stops. */
@Singleton
final class DpsCalls {
    private static final Logger LOG = Logger.getLogger(DpsCalls.class);
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(3);

    private final BerthConfig config;
    private final ExecutorService requests = threads("dps-request-");
    private final ExecutorService syncs = threads("enrollment-sync-");
    private final ExecutorService counts = threads("reconciliation-");
    private final ExecutorService pages = threads("reconciliation-page-");
    private final String replica =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    @Inject
    DpsCalls(BerthConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    DpsServices services(InstantSource clock, DpsMetrics events) {
        return new SdkDpsServices(
                DpsSettings.credentials(config.dps()),
                DpsSettings.fence(config.dps()),
                requests,
                clock,
                System::nanoTime,
                Thread::sleep,
                events);
    }

    @Produces
    @Singleton
    SyncRuns syncRuns(DocumentStore store) {
        return new SyncRunDocuments(store);
    }

    @Produces
    @Singleton
    EnrollmentSyncs enrollmentSyncs(
            Catalogs catalogs,
            DpsServices services,
            SyncRuns runs,
            Pools pools,
            InstantSource clock,
            EnrollmentMetrics events) {
        var sync = new EnrollmentSync(catalogs, services, runs, replica, clock, events);
        var schedule = new SyncSchedule(config.dps().syncInterval());
        return new EnrollmentSyncs(sync, schedule, runs, pools, clock, syncs);
    }

    @Produces
    @Singleton
    PeriodicReconciliation reconciliations(
            DocumentStore store,
            Ledgers ledgers,
            Devices devices,
            DpsServices services,
            Pools pools,
            InstantSource clock,
            ReconciliationMetrics events) {
        var settings = Settings.reconciliation(config.dps().reconciliation());
        var documents = new ReconciliationDocuments(store);
        var reconciler = new Reconciler(
                devices, ledgers, documents, services, settings, replica, clock, Thread::sleep, pages, events);
        return new PeriodicReconciliation(reconciler, documents, settings.interval(), pools, clock, counts);
    }

    /** Prepares the way to DPS. Credentials that cannot be used are told, and do not keep the devices waiting: they may yet come. */
    void open() {
        try {
            DpsSettings.network(config).install();
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException("berth.dps.ca-file: " + e.getMessage());
        }
        DpsSettings.credentials(config.dps()).problems().forEach(LOG::error);
    }

    /** Interrupts what runs. Syncs and counts note how far they came; the next start goes on from there. */
    void close() throws InterruptedException {
        var runs = List.of(syncs, counts);
        runs.forEach(ExecutorService::shutdownNow);
        for (var ended : runs) {
            if (!ended.awaitTermination(STOP_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a call of DPS does not end; it is left behind");
            }
        }
        pages.shutdownNow();
        requests.shutdownNow();
    }

    private static ExecutorService threads(String name) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name, 0).factory());
    }
}
