package dev.berth.app;

import static java.util.stream.Collectors.toSet;

import dev.berth.inventory.Catalogs;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Inventory;
import dev.berth.inventory.Pools;
import dev.berth.provisioning.AssignmentClaims;
import dev.berth.provisioning.Devices;
import dev.berth.provisioning.HomedDevices;
import dev.berth.provisioning.KnownDevices;
import dev.berth.provisioning.RegionalAssignmentClaims;
import dev.berth.provisioning.RememberingDevices;
import dev.berth.region.FencedMoves;
import dev.berth.region.Homes;
import dev.berth.region.InstanceMoves;
import dev.berth.region.LostClaims;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionEvents;
import dev.berth.region.RegionId;
import dev.berth.region.RegionReach;
import dev.berth.region.RegionalLedgers;
import dev.berth.region.Regions;
import dev.berth.scheduling.Ledgers;
import dev.berth.scheduling.Queues;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.store.DocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.RegionClaimDocuments;
import dev.berth.store.documents.RegionalLedgerDocuments;
import dev.berth.store.documents.RegionalStores;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is wired otherwise where Berth runs in several regions. */
@Singleton
final class RegionalComposition {
    /** No replica is there, and nothing is claimed. */
    private static final RegionId NOWHERE = new RegionId("none");

    private final Optional<Regions> regions;

    @Inject
    RegionalComposition(BerthConfig config) {
        this.regions = Settings.regions(config);
    }

    Optional<RegionId> local() {
        return regions.map(Regions::local);
    }

    /** All regions by name; none where there is but one. */
    Set<String> names() {
        return regions.map(known ->
                        known.homes().regions().stream().map(RegionId::value).collect(toSet()))
                .orElse(Set.of());
    }

    @Produces
    @Singleton
    Pools pools(Catalogs catalogs) {
        return new Pools(catalogs, regions.map(known -> known.local().value()).orElse(null));
    }

    @Produces
    @Singleton
    Ledgers ledgers(DocumentStore store, Pools pools) {
        return regions.<Ledgers>map(known -> ledgers(store, pools, known)).orElseGet(() -> new LedgerDocuments(store));
    }

    @Produces
    @Singleton
    Queues queues(DocumentStore store) {
        return regions.map(known -> new QueueDocuments(store, known.local()))
                .orElseGet(() -> new QueueDocuments(store));
    }

    /**
     * The store is this region's own. Where the account takes writes in several regions there is a way to those of the others, too; elsewhere this
     * region writes for every device, and stands in for all other homes.
     */
    @Produces
    @Singleton
    RegionalStores stores(BerthConfig config, DocumentStore store, InstantSource clock) {
        var byRegion = new HashMap<RegionId, DocumentStore>();
        byRegion.put(local().orElse(NOWHERE), store);
        if (regions.isPresent() && Stores.isOfRegions(config)) {
            regions.get()
                    .homes()
                    .regions()
                    .forEach(region -> byRegion.computeIfAbsent(region, other -> remote(other, config, clock)));
        }
        return new RegionalStores(byRegion);
    }

    void close(@Disposes RegionalStores stores) {
        stores.byRegion().values().stream()
                .filter(RemoteStore.class::isInstance)
                .forEach(DocumentStore::close);
    }

    private static DocumentStore remote(RegionId region, BerthConfig config, InstantSource clock) {
        var store = new RemoteStore(
                region,
                () -> Stores.openIn(region.value(), config, new RemoteStoreListener(region)),
                clock,
                task -> Thread.ofVirtual().name("region-store").start(task));
        store.open();
        return store;
    }

    @Produces
    @Singleton
    RegionReach reach(BerthConfig config, RegionalStores stores, InstantSource clock, RegionMetrics metrics) {
        var reach = new RegionReach(stores.regions(), config.regionAwayAfter(), clock);
        if (regions.isPresent()) {
            metrics.watch(reach);
        }
        return reach;
    }

    @Produces
    @Singleton
    LostClaims lostClaims(RegionClaims claims) {
        return regions.isPresent()
                ? (origin, registrationId) -> claims.of(origin, registrationId).lost()
                : LostClaims.NONE;
    }

    @Produces
    @Singleton
    Devices remembering(DocumentStore store, RegionalStores stores, RegionReach reach, KnownDevices known) {
        return RememberingDevices.over(devices(store, stores, reach), known);
    }

    Devices devices(DocumentStore store, RegionalStores stores, RegionReach reach) {
        return regions.<Devices>map(known -> new HomedDevices(
                        new Homes(known.homes(), reach),
                        known.local(),
                        region -> new DeviceDocuments(stores.of(region))))
                .orElseGet(() -> new DeviceDocuments(store));
    }

    @Produces
    @Singleton
    RegionClaims regionClaims(RegionalStores stores, RegionReach reach) {
        return new RegionClaimDocuments(local().orElse(NOWHERE), reach, stores::of);
    }

    @Produces
    @Singleton
    AssignmentClaims claims(RegionClaims claims, RegionReach reach, InstantSource clock, RegionEvents events) {
        return regions.<AssignmentClaims>map(
                        known -> new RegionalAssignmentClaims(claims, new Homes(known.homes(), reach), clock, events))
                .orElse(AssignmentClaims.NONE);
    }

    @Produces
    @Singleton
    InstanceMoves moves(
            DocumentStore store, Pools pools, Inventory inventory, SchedulingSettings settings, InstantSource clock) {
        return regions.<InstanceMoves>map(known ->
                        new FencedMoves(known.local(), ledgers(store, pools, known), inventory, settings, clock))
                .orElse(InstanceMoves.NONE);
    }

    private static RegionalLedgers ledgers(DocumentStore store, Pools pools, Regions known) {
        return new RegionalLedgerDocuments(store, known.local(), homes(pools));
    }

    private static Function<DpsInstanceId, Optional<RegionId>> homes(Pools pools) {
        return instance -> pools.snapshot()
                .dpsInstance(instance)
                .map(DpsInstance::homeRegion)
                .flatMap(RegionId::parse);
    }
}
