package dev.berth.app;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.DevicePage;
import dev.berth.provisioning.DeviceState;
import dev.berth.provisioning.Devices;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Devices whose insertions can be held up, as a slow disk does it. */
final class HeldDevices implements Devices {
    private final Devices devices;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final CountDownLatch held = new CountDownLatch(1);

    HeldDevices(Devices devices) {
        this.devices = devices;
    }

    void hold() {
        gate = new CountDownLatch(1);
    }

    void letGo() {
        gate.countDown();
    }

    /** Returns when an insertion waits. */
    void awaitHeld() {
        await(held);
    }

    @Override
    public Optional<String> insert(Device device) {
        if (gate.getCount() > 0) {
            held.countDown();
            await(gate);
        }
        return devices.insert(device);
    }

    @Override
    public Optional<Versioned<Device>> find(TenantId origin, RegistrationId registrationId) {
        return devices.find(origin, registrationId);
    }

    @Override
    public Optional<String> replace(Device device, String expectedVersion) {
        return devices.replace(device, expectedVersion);
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

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came for 10 s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
