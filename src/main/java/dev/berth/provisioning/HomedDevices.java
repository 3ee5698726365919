package dev.berth.provisioning;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.region.Homes;
import dev.berth.region.RegionId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The devices where Berth runs in several regions. Each is read and written in its home, whichever region it calls, so that a compare-and-swap
 * of it means what it says; only while the home is away, in the region that stands in for it. Lists are of what this region has heard.
 */
public final class HomedDevices implements Devices {
    private final Homes homes;
    private final RegionId local;
    private final Function<RegionId, Devices> regions;

    /** @param regions the devices as the store of a region has them */
    public HomedDevices(Homes homes, RegionId local, Function<RegionId, Devices> regions) {
        this.homes = homes;
        this.local = local;
        this.regions = regions;
    }

    @Override
    public Optional<Versioned<Device>> find(TenantId origin, RegistrationId registrationId) {
        return homes.ask(origin, registrationId, region -> regions.apply(region).find(origin, registrationId));
    }

    @Override
    public Optional<String> insert(Device device) {
        return homes.ask(
                device.origin(),
                device.registrationId(),
                region -> regions.apply(region).insert(device));
    }

    @Override
    public Optional<String> replace(Device device, String expectedVersion) {
        return homes.ask(
                device.origin(),
                device.registrationId(),
                region -> regions.apply(region).replace(device, expectedVersion));
    }

    @Override
    public DevicePage byOwner(TenantId owner, int limit, @Nullable String cursor) {
        return regions.apply(local).byOwner(owner, limit, cursor);
    }

    @Override
    public DevicePage byOwnerAndState(TenantId owner, DeviceState.Kind state, int limit, @Nullable String cursor) {
        return regions.apply(local).byOwnerAndState(owner, state, limit, cursor);
    }

    @Override
    public DevicePage byInstance(DpsInstanceId instance, int limit, @Nullable String cursor) {
        return regions.apply(local).byInstance(instance, limit, cursor);
    }
}
