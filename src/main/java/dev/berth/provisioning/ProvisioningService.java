package dev.berth.provisioning;

import dev.berth.identity.DeviceIdentity;
import dev.berth.scheduling.Scheduler;
import dev.berth.scheduling.SchedulingSettings;
import java.time.InstantSource;

/** A device's first boot, and every later ask and report of it. */
public final class ProvisioningService {

    public ProvisioningService(
            Devices devices,
            PoolSource pools,
            Scheduler scheduler,
            SchedulingSettings settings,
            InstantSource clock,
            ProvisioningEvents events) {}

    /**
     * Tells {@code device} where and when to register. What is answered is on disk.
     *
     * @param registerAgain the device's hub refuses it, so it wants to register although Berth knows its hub
     */
    public IdScopeAnswer idScope(DeviceIdentity device, boolean registerAgain) {
        return new IdScopeAnswer.PoolUnavailable(SchedulingSettings.RETRY_AFTER_MIN);
    }

    /** Notes what became of the device's registration at DPS. */
    public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
        return new ReportAnswer.UnknownDevice();
    }
}
