package dev.berth.lifecycle;

import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServices;
import dev.berth.enrollment.RemoteRegistration;
import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.EnrollmentPolicy;
import dev.berth.inventory.Pools;
import dev.berth.inventory.Tenant;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.HomedDevices;
import dev.berth.provisioning.KnownDevices;
import dev.berth.provisioning.PoolSource;
import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.provisioning.RegionalAssignmentClaims;
import dev.berth.region.ClaimJudge;
import dev.berth.region.Homes;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionId;
import dev.berth.region.RegionReach;
import dev.berth.region.Regions;
import dev.berth.scheduling.InstanceHealth;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.QueueKey;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.Document;
import dev.berth.store.DocumentStore;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.Key;
import dev.berth.store.PageRequest;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.QueueDocuments;
import dev.berth.store.documents.RegionClaimDocuments;
import dev.berth.store.documents.RegionalLedgerDocuments;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Two regions with a store and a replica each, one DPS instance at home in each, and a link between them that can be cut; the real classes. */
final class TwoRegions {
    static final Duration AWAY_AFTER = Duration.ofSeconds(30);
    static final Duration SETTLE_AFTER = Duration.ofMinutes(1);
    private static final List<String> NAMES = List.of("eastus", "westeurope");

    final VirtualClock clock = new VirtualClock();
    final Map<DpsInstanceId, RemoteRegistration> registered = new HashMap<>();
    private final Map<RegionId, ? extends DocumentStore> stores;
    final DpsInstance inEast;
    final DpsInstance inWest;
    final Region east;
    final Region west;

    /** At home in the east. */
    final DeviceIdentity device = IntStream.iterate(1, i -> i + 1)
            .mapToObj(TwoRegions::identity)
            .filter(candidate -> home(candidate).value().equals("eastus"))
            .findFirst()
            .orElseThrow();

    boolean cut;
    boolean dpsAway;

    /** @param credentials whether Berth may ask the DPS instances */
    TwoRegions(boolean credentials) {
        this(credentials, NAMES.stream().collect(Collectors.toMap(RegionId::new, _ -> new InMemoryDocumentStore())));
    }

    /** @param stores of the regions {@code eastus} and {@code westeurope} */
    TwoRegions(boolean credentials, Map<RegionId, ? extends DocumentStore> stores) {
        this.stores = Map.copyOf(stores);
        inEast = instance("dps-east", "eastus", credentials);
        inWest = instance("dps-west", "westeurope", credentials);
        east = new Region("eastus", inEast);
        west = new Region("westeurope", inWest);
    }

    /** One region: what its replicas do, with its own store and over the link. */
    final class Region implements PoolSource {
        final Regions regions;
        final DpsInstance own;
        final ProvisioningService service;
        final RegionClaims claims;
        final HomedDevices devices;
        final ClaimReview review;
        final CountedRegionEvents events = new CountedRegionEvents();

        Region(String name, DpsInstance own) {
            this.regions = Regions.of(name, NAMES);
            this.own = own;
            var reach = new RegionReach(Set.copyOf(regions.homes().regions()), AWAY_AFTER, clock);
            var homes = new Homes(regions.homes(), reach);
            claims = new RegionClaimDocuments(regions.local(), reach, this::store);
            devices = new HomedDevices(homes, regions.local(), region -> new DeviceDocuments(store(region)));
            var settings = SchedulingSettings.DEFAULT;
            var scheduler = new Scheduler(
                    new RegionalLedgerDocuments(store(regions.local()), regions.local(), TwoRegions::homeOf),
                    new QueueDocuments(store(regions.local()), regions.local()),
                    new InstanceHealth(),
                    settings,
                    clock,
                    Runnable::run,
                    SchedulingEvents.NONE);
            service = new ProvisioningService(
                    devices,
                    KnownDevices.none(),
                    this,
                    new RegionalAssignmentClaims(claims, homes, clock, events),
                    scheduler,
                    settings,
                    clock,
                    ProvisioningEvents.NONE);
            review = new ClaimReview(
                    regions.local(),
                    claims,
                    devices,
                    new ClaimedRegistrations(TwoRegions.this::access, pools()),
                    new ClaimJudge(SETTLE_AFTER),
                    clock,
                    events);
        }

        Device stored() {
            return new DeviceDocuments(own())
                    .find(device.origin(), device.registrationId())
                    .map(Versioned::value)
                    .orElseThrow();
        }

        Assignment assignment() {
            return ((DeviceState.Bound) stored().state()).assignment();
        }

        DocumentStore own() {
            return store(regions.local());
        }

        private DocumentStore store(RegionId region) {
            var store = Objects.requireNonNull(stores.get(region));
            return region.equals(regions.local()) ? store : overTheLink(store);
        }

        @Override
        public Pool poolFor(TenantId owner, DeviceIdentity identity) {
            return new Pool.Instances(QueueKey.ofPool(owner, owner, identity.trustAnchor(), null), List.of(own));
        }

        @Override
        public Optional<DpsInstance> instance(DpsInstanceId id) {
            return List.of(inEast, inWest).stream()
                    .filter(instance -> instance.id().equals(id))
                    .findFirst();
        }

        @Override
        public boolean isLeasedHere(DpsInstance instance) {
            return instance.id().equals(own.id());
        }
    }

    /** What either region has written reaches the other; where both wrote the device, the document of {@code lastWriter} stays. */
    void merge(Region lastWriter) {
        var other = lastWriter == east ? west : east;
        var deviceKey = new Key(DeviceDocuments.DEVICES, device.origin() + "/" + device.registrationId(), "device");
        other.own().find(deviceKey).ifPresent(found -> write(lastWriter, found, false));
        lastWriter.own().find(deviceKey).ifPresent(found -> write(other, found, true));
        for (var from : List.of(east, west)) {
            from.own()
                    .scan(RegionClaimDocuments.CLAIMS, deviceKey.partition(), PageRequest.first(100))
                    .documents()
                    .forEach(found -> write(from == east ? west : east, found, false));
        }
    }

    private static void write(Region into, Document document, boolean overwrites) {
        var there = into.own().find(document.key());
        if (there.isEmpty()) {
            into.own().insert(document.key(), document.body());
        } else if (overwrites) {
            into.own().replace(document.key(), document.body(), there.get().version());
        }
    }

    void register(DpsInstance instance) {
        registered.put(
                instance.id(),
                new RemoteRegistration(
                        device.registrationId().value(),
                        RemoteRegistration.Status.ASSIGNED,
                        instance.id().name() + ".hub.example",
                        device.registrationId().value(),
                        clock.instant(),
                        clock.instant(),
                        null,
                        null,
                        "etag"));
    }

    private DpsServices.Access access(DpsInstance instance) {
        return dpsAway
                ? new DpsServices.Access.Closed(DpsServices.Reason.UNUSABLE_CREDENTIALS, "a key file is missing")
                : new DpsServices.Access.Open(proxy(DpsService.class, (method, _) -> switch (method.getName()) {
                    case "findRegistration" -> Optional.ofNullable(registered.get(instance.id()));
                    case "deleteRegistration" ->
                        registered.remove(instance.id()) == null
                                ? DpsService.Deletion.MISSING
                                : DpsService.Deletion.DELETED;
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    InMemoryDocumentStore inMemory(RegionId region) {
        return (InMemoryDocumentStore) Objects.requireNonNull(stores.get(region));
    }

    private DocumentStore overTheLink(DocumentStore store) {
        return proxy(DocumentStore.class, (method, arguments) -> {
            if (cut) {
                throw new StoreUnavailableException("cut off", false, Duration.ofSeconds(1), null);
            }
            return method.invoke(store, arguments);
        });
    }

    /** What a call of a proxy does. */
    private interface Call {
        @Nullable Object of(Method method, Object @Nullable [] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Pools pools() {
        var catalogs = InventoryDocuments.over(new InMemoryDocumentStore());
        catalogs.tenants().insert(new Tenant(Instances.TENANT, "Contoso", null));
        catalogs.dpsInstances().insert(inEast);
        catalogs.dpsInstances().insert(inWest);
        var pools = new Pools(catalogs);
        pools.refresh(clock.instant());
        return pools;
    }

    private static Optional<RegionId> homeOf(DpsInstanceId instance) {
        return Optional.of(new RegionId(instance.name().equals("dps-east") ? "eastus" : "westeurope"));
    }

    private static RegionId home(DeviceIdentity device) {
        return Regions.of("eastus", NAMES).homes().homeOf(device.origin() + "/" + device.registrationId());
    }

    private static DeviceIdentity identity(int number) {
        return new DeviceIdentity(Instances.TENANT, "factory", new RegistrationId("device-" + number), "aa");
    }

    private static DpsInstance instance(String name, String region, boolean credentials) {
        return new DpsInstance(
                new DpsInstanceId(Instances.TENANT, name),
                "0n" + name.replace("-", ""),
                "global.example",
                name + ".example",
                null,
                null,
                region,
                Instances.perMinute(1_000),
                1,
                DpsInstance.State.ACTIVE,
                credentials ? "contoso" : null,
                EnrollmentPolicy.EXTERNAL);
    }
}
