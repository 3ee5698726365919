package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.IdScopeAnswer.PoolUnavailable;
import dev.berth.provisioning.IdScopeAnswer.Register;
import dev.berth.region.Homes;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionEvents;
import dev.berth.region.RegionReach;
import dev.berth.region.Regions;
import dev.berth.scheduling.Instances;
import dev.berth.scheduling.SchedulingSettings;
import dev.berth.scheduling.SlotSpacing;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.StoreListener.Operation;
import dev.berth.store.StoreUnavailableException;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.RegionClaimDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What stands before a device is told, where Berth runs in several regions, and at which step of it one may die. */
class RegionalAssignmentClaimsTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT;
    private static final Regions REGIONS = Regions.of("westeurope", List.of("eastus", "westeurope"));
    private static final DeviceIdentity DEVICE = Replica.identity(1);
    private static final DeviceIdentity ANOTHER = Replica.identity(2);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final DpsInstance instance = Instances.named("dps-1", Instances.perMinute(1_000));
    private final Duration spacing = SlotSpacing.of(instance.limits()).interval();
    private final RegionReach reach =
            new RegionReach(Set.copyOf(REGIONS.homes().regions()), Duration.ofSeconds(30), clock);
    private final Homes homes = new Homes(REGIONS.homes(), reach);
    private final RegionClaimDocuments claims = new RegionClaimDocuments(REGIONS.local(), reach, _ -> store);
    private final Replica berth = new Replica(store, clock, SETTINGS, List.of(instance));
    private final ProvisioningService service = service(berth);

    @Test
    void aClaimSaysWhatTheDeviceWasTold() {
        var told = told(DEVICE);

        var claim = claim(DEVICE);
        assertThat(claim.instance()).isEqualTo(told.instance().id());
        assertThat(claim.generation()).isEqualTo(told.generation());
        assertThat(claim.slot()).isEqualTo(slot(DEVICE));
        assertThat(claim.region()).isEqualTo(claim.home());
        assertThat(claim.home()).isEqualTo(REGIONS.homes().homeOf("contoso/device-1"));
        assertThat(claim.at()).isEqualTo(clock.instant());
    }

    @Test
    void itStandsBeforeTheDevicesDocument() {
        var before = new AtomicInteger();
        store.before((operation, collection, _) -> {
            if (operation == Operation.INSERT && collection.equals(DeviceDocuments.DEVICES)) {
                before.set(claims(DEVICE).size());
            }
        });
        told(DEVICE);
        assertThat(before).hasValue(1);
    }

    @Test
    void aKnownDeviceIsClaimedOnce() {
        told(DEVICE);
        long writes = store.writes();
        told(DEVICE);
        assertThat(store.writes()).isEqualTo(writes);
        clock.advance(Duration.ofMinutes(1));
        told(DEVICE);
        service.report(DEVICE, new RegistrationReport.Assigned("hub.example", null));
        assertThat(claims(DEVICE)).hasSize(1);
    }

    @Test
    void whereThereIsOneRegionNothingIsClaimed() {
        berth.service.idScope(DEVICE, false);
        assertThat(claims(DEVICE)).isEmpty();
    }

    /** Whoever died after it may have answered. */
    @Test
    void afterADeathBetweenClaimAndDocumentTheDeviceIsToldWhatWasClaimed() {
        failOnce(Operation.INSERT, DeviceDocuments.DEVICES.name(), false);
        assertThatThrownBy(() -> told(DEVICE)).isInstanceOf(RepositoryUnavailableException.class);
        var claimed = claim(DEVICE);
        assertThat(berth.devices.find(DEVICE.origin(), DEVICE.registrationId())).isEmpty();

        var told = told(DEVICE);

        assertThat(slot(DEVICE)).isEqualTo(claimed.slot());
        assertThat(told.instance().id()).isEqualTo(claimed.instance());
        assertThat(claims(DEVICE)).containsExactly(claimed);
    }

    @Test
    void whatWasReservedInVainGoesToTheNextDevice() {
        failOnce(Operation.INSERT, DeviceDocuments.DEVICES.name(), false);
        assertThatThrownBy(() -> told(DEVICE)).isInstanceOf(RepositoryUnavailableException.class);
        told(DEVICE);
        told(ANOTHER);
        assertThat(slot(ANOTHER)).isEqualTo(slot(DEVICE).plus(spacing));
        berth.scheduler.release();
        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void onceItsSlotHasPassedTheDeviceGetsAFreshOneAtTheClaimedInstance() {
        failOnce(Operation.INSERT, DeviceDocuments.DEVICES.name(), false);
        assertThatThrownBy(() -> told(DEVICE)).isInstanceOf(RepositoryUnavailableException.class);
        var second = Instances.named("dps-2", Instances.perMinute(1_000));
        berth.instances = List.of(instance, second);
        berth.pool = List.of(second);
        clock.advance(Duration.ofMinutes(1));

        var told = told(DEVICE);

        assertThat(told.instance()).isEqualTo(instance);
        assertThat(told.generation()).isEqualTo(1);
        assertThat(told.registerAt()).isAfter(clock.instant());
    }

    @Test
    void aClaimWhoseOutcomeIsUnknownKeepsItsSlot() {
        failOnce(Operation.INSERT, RegionClaimDocuments.CLAIMS.name(), true);
        assertThatThrownBy(() -> told(DEVICE)).isInstanceOf(RepositoryUnavailableException.class);
        told(ANOTHER);
        told(DEVICE);
        assertThat(slot(DEVICE)).isEqualTo(claim(DEVICE).slot()).isNotEqualTo(slot(ANOTHER));
    }

    @Test
    void aClaimThatWasCertainlyNotMadeGivesItsSlotBack() {
        failOnce(Operation.INSERT, RegionClaimDocuments.CLAIMS.name(), false);
        assertThatThrownBy(() -> told(DEVICE)).isInstanceOf(RepositoryUnavailableException.class);
        told(ANOTHER);
        told(DEVICE);
        assertThat(slot(DEVICE)).isEqualTo(slot(ANOTHER).plus(spacing));
    }

    /** Both reserve a slot; whoever claims second tells what the first one claimed, although that one has not written the device yet. */
    @Test
    void ofTwoAsksAtOnceBothAreToldWhatOneClaimed() {
        var other = service(new Replica(store, clock, SETTINGS, List.of(instance)));
        var first = new AtomicBoolean(true);
        store.before((operation, collection, _) -> {
            if (operation == Operation.INSERT && collection.equals(DeviceDocuments.DEVICES) && first.getAndSet(false)) {
                assertThat(other.idScope(DEVICE, false)).isInstanceOf(Register.class);
            }
        });

        told(DEVICE);
        store.before(never());
        told(ANOTHER);

        assertThat(first).isFalse();
        assertThat(slot(DEVICE)).isEqualTo(claim(DEVICE).slot()).isNotEqualTo(slot(ANOTHER));
    }

    @Test
    void aDeviceOfAnInstanceOfAnotherRegionKeepsItsSlotAndGetsNoFreshOneHere() {
        told(DEVICE);
        var elsewhere = service(new ElsewherePools(berth), berth);
        assertThat(elsewhere.idScope(DEVICE, false)).isInstanceOf(Register.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(elsewhere.idScope(DEVICE, false)).isInstanceOf(PoolUnavailable.class);
        service.report(DEVICE, new RegistrationReport.Assigned("hub.example", null));
        assertThat(elsewhere.idScope(DEVICE, false)).isInstanceOf(IdScopeAnswer.Connect.class);
    }

    private record ElsewherePools(PoolSource inner) implements PoolSource {
        @Override
        public Pool poolFor(TenantId owner, DeviceIdentity device) {
            return inner.poolFor(owner, device);
        }

        @Override
        public Optional<DpsInstance> instance(DpsInstanceId id) {
            return inner.instance(id);
        }

        @Override
        public boolean isLeasedHere(DpsInstance instance) {
            return false;
        }
    }

    private ProvisioningService service(Replica replica) {
        return service(replica, replica);
    }

    private ProvisioningService service(PoolSource pools, Replica replica) {
        return new ProvisioningService(
                replica.devices,
                KnownDevices.none(),
                pools,
                new RegionalAssignmentClaims(claims, homes, clock, RegionEvents.NONE),
                replica.scheduler,
                SETTINGS,
                clock,
                ProvisioningEvents.NONE);
    }

    private void failOnce(Operation failing, String collectionName, boolean afterIt) {
        var first = new AtomicBoolean(true);
        InMemoryDocumentStore.Hook hook = (operation, collection, _) -> {
            if (operation == failing && collection.name().equals(collectionName) && first.getAndSet(false)) {
                throw new StoreUnavailableException("lost", afterIt, Duration.ofSeconds(1), null);
            }
        };
        if (afterIt) {
            store.after(hook);
        } else {
            store.before(hook);
        }
    }

    private static InMemoryDocumentStore.Hook never() {
        return (_, _, _) -> {};
    }

    private Register told(DeviceIdentity device) {
        return (Register) service.idScope(device, false);
    }

    private Instant slot(DeviceIdentity device) {
        return berth.devices
                .find(device.origin(), device.registrationId())
                .orElseThrow()
                .value()
                .assignment()
                .orElseThrow()
                .slot();
    }

    private RegionClaim claim(DeviceIdentity device) {
        return claims(device).getFirst();
    }

    private List<RegionClaim> claims(DeviceIdentity device) {
        return claims.of(device.origin(), device.registrationId()).claims();
    }

    private long committed() {
        return berth.ledgers.find(instance.id()).orElseThrow().value().committed();
    }
}
