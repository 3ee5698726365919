package dev.berth.api.device;

import dev.berth.identity.DeviceIdentity;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.provisioning.ReportAnswer;

/** What the listener asks of provisioning; both calls may block, and throw only when the store cannot serve. */
public interface Provisioner {
    IdScopeAnswer idScope(DeviceIdentity device, boolean registerAgain);

    ReportAnswer report(DeviceIdentity device, RegistrationReport report);
}
