package dev.berth.provisioning;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Devices that are read and written as ever; what that tells of each is noted on the way. */
public final class RememberingDevices implements Devices {
    private final Devices devices;
    private final KnownDevices known;

    private RememberingDevices(Devices devices, KnownDevices known) {
        this.devices = devices;
        this.known = known;
    }

    /** {@code devices} themselves if nothing is to be remembered. */
    public static Devices over(Devices devices, KnownDevices known) {
        return known.isOff() ? devices : new RememberingDevices(devices, known);
    }

    @Override
    public Optional<Versioned<Device>> find(TenantId origin, RegistrationId registrationId) {
        long began = known.tick();
        Optional<Versioned<Device>> found = devices.find(origin, registrationId);
        found.ifPresentOrElse(
                stored -> known.heard(stored.value(), stored.version(), began),
                () -> known.missed(origin, registrationId, began));
        return found;
    }

    @Override
    public Optional<String> insert(Device device) {
        return written(device, () -> devices.insert(device));
    }

    @Override
    public Optional<String> replace(Device device, String expectedVersion) {
        return written(device, () -> devices.replace(device, expectedVersion));
    }

    private Optional<String> written(Device device, Supplier<Optional<String>> write) {
        long began = known.tick();
        try {
            Optional<String> version = write.get();
            version.ifPresentOrElse(stands -> known.heard(device, stands, began), () -> doubt(device, began));
            return version;
        } catch (RepositoryUnavailableException outage) {
            if (outage.outcomeUnknown()) {
                doubt(device, began);
            }
            throw outage;
        }
    }

    private void doubt(Device device, long began) {
        known.doubted(device.origin(), device.registrationId(), began);
    }

    @Override
    public DevicePage byOwner(TenantId owner, int limit, @Nullable String cursor) {
        return devices.byOwner(owner, limit, cursor);
    }

    @Override
    public DevicePage byOwnerAndState(TenantId owner, DeviceState.Kind state, int limit, @Nullable String cursor) {
        return devices.byOwnerAndState(owner, state, limit, cursor);
    }

    @Override
    public DevicePage byInstance(DpsInstanceId instance, int limit, @Nullable String cursor) {
        return devices.byInstance(instance, limit, cursor);
    }
}
