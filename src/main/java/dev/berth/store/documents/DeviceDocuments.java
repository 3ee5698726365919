package dev.berth.store.documents;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DevicePage;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import dev.berth.store.Collection;
import dev.berth.store.DocumentStore;
import dev.berth.store.Key;
import dev.berth.store.Page;
import dev.berth.store.PageRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The devices as documents, each alone in a partition of its own. There is no cache: a replica cannot know what others wrote, and an
 * embedded read is cheaper than finding out.
 */
public final class DeviceDocuments implements Devices {
    private static final String OWNER = "owner";
    private static final String OWNER_STATE = "ownerState";
    private static final String INSTANCE = "instance";
    public static final Collection DEVICES =
            Collection.of("devices", OWNER, OWNER_STATE, INSTANCE).mergedBy(DeviceCodec.GENERATION);

    private final DocumentStore store;
    private final SwappedDocuments<Device> documents;

    public DeviceDocuments(DocumentStore store) {
        this.store = store;
        this.documents = new SwappedDocuments<>(store, DeviceCodec.FORMAT);
    }

    @Override
    public Optional<Versioned<Device>> find(TenantId origin, RegistrationId registrationId) {
        return documents.find(key(origin, registrationId));
    }

    @Override
    public Optional<String> insert(Device device) {
        return documents.swap(key(device.origin(), device.registrationId()), null, device);
    }

    @Override
    public Optional<String> replace(Device device, String expectedVersion) {
        return documents.swap(key(device.origin(), device.registrationId()), expectedVersion, device);
    }

    @Override
    public DevicePage byOwner(TenantId owner, int limit, @Nullable String cursor) {
        return scan(OWNER, owner.value(), limit, cursor);
    }

    @Override
    public DevicePage byOwnerAndState(TenantId owner, DeviceState.Kind state, int limit, @Nullable String cursor) {
        return scan(OWNER_STATE, DeviceCodec.ownerState(owner, state), limit, cursor);
    }

    @Override
    public DevicePage byInstance(DpsInstanceId instance, int limit, @Nullable String cursor) {
        return scan(INSTANCE, instance.toString(), limit, cursor);
    }

    private DevicePage scan(String field, String value, int limit, @Nullable String cursor) {
        Page page = store.scan(DEVICES, field, value, new PageRequest(limit, cursor));
        return new DevicePage(
                page.documents().stream()
                        .map(found -> new Versioned<>(DeviceCodec.FORMAT.read(found.body()), found.version()))
                        .toList(),
                page.cursor());
    }

    private static Key key(TenantId origin, RegistrationId registrationId) {
        return new Key(DEVICES, origin + "/" + registrationId, "device");
    }
}
