package dev.berth.app;

import dev.berth.api.contract.Contract;
import dev.berth.forecast.Granted;
import dev.berth.identity.Possession;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentGroup;
import dev.berth.inventory.Limits;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Tenant;
import dev.berth.pki.CertifiedKey;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.provisioning.RememberingDevices;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionClaims.StandIn;
import dev.berth.region.RegionId;
import dev.berth.sandbox.FreePort;
import dev.berth.scheduling.Ledger;
import dev.berth.scheduling.Scheduler;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.RegionalStores;
import dev.berth.store.documents.RegistrationHistoryDocuments;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;

/** The wiring of the service by hand, without Quarkus, so that one process can stop it and start it again. */
final class WiredService implements AutoCloseable {
    private static final TenantId TENANT = new TenantId("contoso");
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(TENANT, "eu1");

    private final Vertx vertx = Vertx.vertx();
    private final Composition composition = new Composition();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestKeys keys;
    private final InstantSource clock;
    private final BerthConfig config;
    private final DocumentStore store;
    private final RegionalComposition regions;
    private final RegionalStores regionalStores;
    private final RegionClaims claims;
    private final Pools pools;
    private final HeldDevices held;
    private final ProvisioningService provisioning;
    private final Readiness readiness;
    private final Lifecycle lifecycle;
    private final AtomicBoolean stopped = new AtomicBoolean();

    WiredService(TestKeys keys, Instant now) throws IOException {
        this(keys, InstantSource.fixed(now), Map.of());
    }

    /** With further settings. */
    WiredService(TestKeys keys, InstantSource clock, Map<String, String> more) throws IOException {
        this.keys = keys;
        this.clock = clock;
        config = config(keys, more);
        var storeMetrics = new StoreMetrics(registry);
        store = composition.store(config, storeMetrics);
        regions = new RegionalComposition(config);
        pools = regions.pools(composition.catalogs(store));
        var ledgers = regions.ledgers(store, pools);
        var queues = regions.queues(store);
        var regionMetrics = new RegionMetrics(registry);
        regionalStores = regions.stores(config, store, clock);
        var reach = regions.reach(config, regionalStores, clock, regionMetrics);
        claims = regions.regionClaims(regionalStores, reach);
        held = new HeldDevices(regions.devices(store, regionalStores, reach));
        var known = composition.knownDevices(config);
        var devices = RememberingDevices.over(held, known);
        var settings = Settings.scheduling(config.scheduling());
        var arrivals = new ArrivalMetrics(composition.arrivalLog(clock), registry);
        var offset = composition.clockOffset(
                store, settings, clock, () -> clock.instant().toEpochMilli() * 1_000_000);
        var clockWatch = new ClockWatch(offset, registry);
        Scheduler scheduler = composition.scheduler(
                ledgers,
                queues,
                composition.instanceHealth(),
                offset,
                settings,
                clock,
                new SchedulingMetrics(registry));
        var histories = composition.registrationHistories(store);
        var meter = composition.registrationMeter(histories, clock);
        var outlook = composition.outlook(ledgers, queues, composition.instanceHealth(), settings, clock);
        var forecasts = composition.forecasts(pools, outlook, histories, clock);
        provisioning = composition.provisioning(
                devices,
                known,
                composition.poolSource(pools),
                regions.claims(claims, reach, clock, regionMetrics),
                scheduler,
                settings,
                clock,
                new ProvisioningMetrics(registry, known, arrivals, meter));
        readiness = new Readiness(storeMetrics, pools, clockWatch, clock);
        var dps = new DpsCalls(config);
        var services = dps.services(clock, new DpsMetrics(registry));
        var syncs = dps.enrollmentSyncs(
                composition.catalogs(store),
                services,
                dps.syncRuns(store),
                pools,
                clock,
                new EnrollmentMetrics(registry, pools));
        var reconciliations = dps.reconciliations(
                store, ledgers, devices, services, pools, clock, new ReconciliationMetrics(registry, arrivals));
        var upkeep = new Upkeep(
                pools,
                clockWatch,
                scheduler,
                syncs,
                reconciliations,
                new ClaimReviews(regions, claims, devices, services, pools, clock, regionMetrics),
                meter,
                new ForecastMetrics(registry, pools, forecasts),
                clock);
        lifecycle = new Lifecycle(config, pools, scheduler, upkeep, meter, dps, clock, readiness);
    }

    /** Makes a tenant with one DPS instance that takes the devices of {@code authority}. */
    void setUp(X509Certificate authority) {
        setUp(authority, null);
    }

    /** The same, with the instance at home in a region. */
    void setUp(X509Certificate authority, @Nullable String homeRegion) {
        var catalogs = InventoryDocuments.over(store);
        var anchor = TrustAnchor.unproven(TENANT, "factory", authority);
        catalogs.tenants().insert(new Tenant(TENANT, "Contoso", null));
        catalogs.trustAnchors().insert(anchor.with(new Possession.Proven(clock.instant())));
        catalogs.dpsInstances()
                .insert(new DpsInstance(
                        INSTANCE,
                        "0ne00000001",
                        "global.azure-devices-provisioning.net",
                        "eu1.azure-devices-provisioning.net",
                        null,
                        null,
                        homeRegion,
                        Limits.DPS,
                        1,
                        DpsInstance.State.ACTIVE));
        catalogs.enrollmentGroups().insert(new EnrollmentGroup(TENANT, "group", "eu1", "factory", true));
    }

    void start() {
        lifecycle.start(
                new StartupEvent(),
                vertx,
                Contract.load(),
                composition.chainValidator(),
                provisioning,
                new DeviceMetrics(registry));
    }

    /** Once. */
    void stop() {
        if (stopped.compareAndSet(false, true)) {
            try {
                lifecycle.stop(new ShutdownEvent());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Returns when devices should not be sent here any more. */
    void awaitNotReady() {
        await(HealthCheckResponse.Status.DOWN);
    }

    /** Returns when devices may be sent here, or not. */
    void await(HealthCheckResponse.Status status) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (readiness.call().getStatus() != status) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not " + status + " after 30 s: " + readiness.call().getData());
            }
            Thread.onSpinWait();
        }
    }

    Readiness readiness() {
        return readiness;
    }

    /** Returns when there is a way to the store of another region. */
    void awaitStoreOf(RegionId region) {
        var nothing = new Key(DeviceDocuments.DEVICES, "nobody", "device");
        await(() -> {
            try {
                return regionalStores.of(region).find(nothing).isEmpty();
            } catch (StoreUnavailableException notYet) {
                return false;
            }
        });
    }

    /** What this region has heard of devices at home in {@code region} that others claimed for. */
    List<StandIn> standIns(RegionId region) {
        return claims.standIns(region);
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Returns when it holds. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute");
            }
            Thread.onSpinWait();
        }
    }

    HeldDevices devices() {
        return held;
    }

    Ledger ledger() {
        return new LedgerDocuments(store).find(INSTANCE).orElseThrow().value();
    }

    /** How many devices are written down as given to the instance. */
    long devicesCounted() {
        return new RegistrationHistoryDocuments(store)
                .find(INSTANCE)
                .map(found -> found.value().owners().values().stream()
                        .mapToLong(Granted::total)
                        .sum())
                .orElse(0L);
    }

    double counted(String counter, String outcome) {
        return registry.get(counter).tag("outcome", outcome).counter().count();
    }

    ServiceClient client(CertifiedKey device) {
        return new ServiceClient("https://localhost:" + config.device().port(), keys, device);
    }

    @Override
    public void close() {
        stop();
        regions.close(regionalStores);
        composition.close(store);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static BerthConfig config(TestKeys keys, Map<String, String> more) throws IOException {
        var settings = new HashMap<>(keys.settings());
        settings.putAll(more);
        settings.put("berth.device.host", "127.0.0.1");
        settings.put("berth.device.port", Integer.toString(FreePort.choose()));
        return TestConfig.of(settings);
    }
}
