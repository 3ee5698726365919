package dev.berth.app;

import dev.berth.api.device.DeviceObserver;
import dev.berth.provisioning.ProvisioningEvents;
import dev.berth.scheduling.SchedulingEvents;
import dev.berth.store.StoreListener;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Stands in where nobody counts what a room reports. */
@Singleton
final class Unheard {
    @Produces
    @DefaultBean
    @Singleton
    SchedulingEvents scheduling() {
        return SchedulingEvents.NONE;
    }

    @Produces
    @DefaultBean
    @Singleton
    ProvisioningEvents provisioning() {
        return ProvisioningEvents.NONE;
    }

    @Produces
    @DefaultBean
    @Singleton
    StoreListener store() {
        return StoreListener.NONE;
    }

    @Produces
    @DefaultBean
    @Singleton
    DeviceObserver devices() {
        return DeviceObserver.NONE;
    }
}
