package dev.berth.provisioning;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All devices, each one document under its origin. A write is atomic for its device and durable when the call returns. Every method may
 * throw {@link dev.berth.inventory.RepositoryUnavailableException}; if its outcome is unknown, the device has to be read before anything
 * is concluded.
 *
 * <p>Lists are in the order of origin and registration ID, at most {@code limit} long, and continue from the {@code cursor} of the page
 * before (null: from the start).
 */
public interface Devices {

    Optional<Versioned<Device>> find(TenantId origin, RegistrationId registrationId);

    /** Writes a device that must not exist yet; its version, or empty if it exists. */
    Optional<String> insert(Device device);

    /** Replaces the device if its version is still {@code expectedVersion}; its new version, or empty if it is not. */
    Optional<String> replace(Device device, String expectedVersion);

    DevicePage byOwner(TenantId owner, int limit, @Nullable String cursor);

    DevicePage byOwnerAndState(TenantId owner, DeviceState.Kind state, int limit, @Nullable String cursor);

    /** The devices that have an assignment at {@code instance}. */
    DevicePage byInstance(DpsInstanceId instance, int limit, @Nullable String cursor);

    /** Whether any device has an assignment at {@code instance}. */
    default boolean anyAt(DpsInstanceId instance) {
        return !byInstance(instance, 1, null).devices().isEmpty();
    }
}
