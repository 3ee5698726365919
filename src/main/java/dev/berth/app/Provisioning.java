package dev.berth.app;

import dev.berth.api.device.Provisioner;
import dev.berth.identity.DeviceIdentity;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.ProvisioningService;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.provisioning.ReportAnswer;

/** What the device listener calls, answered by the domain. */
record Provisioning(ProvisioningService service) implements Provisioner {
    @Override
    public IdScopeAnswer idScope(DeviceIdentity device, boolean registerAgain) {
        return service.idScope(device, registerAgain);
    }

    @Override
    public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
        return service.report(device, report);
    }
}
