package dev.berth.emulator.sdk;

import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClient;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientStatus;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientTransportProtocol;
import com.microsoft.azure.sdk.iot.provisioning.device.internal.exceptions.ProvisioningDeviceClientException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.Set;

/** provisioning-device-client for Java, in this JVM. */
class JavaDeviceSdkTest extends DeviceSdkContract {
    @Override
    Set<Transport> transports() {
        return EnumSet.of(Transport.HTTPS);
    }

    @Override
    SdkOutcome register(SdkFleet fleet, Transport transport, SdkDevice device) throws Exception {
        var emulator = fleet.emulator().description();
        var client = ProvisioningDeviceClient.create(
                emulator.deviceEndpoint(),
                SdkFleet.ID_SCOPE,
                ProvisioningDeviceClientTransportProtocol.HTTPS,
                JavaIdentity.of(device, emulator.caFile()));
        try {
            var result = client.registerDeviceSync();
            return result.getProvisioningDeviceClientStatus() == ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED
                ? new SdkOutcome.Assigned(result.getIothubUri(), result.getDeviceId(), result.getSubstatus().getValue())
                : new SdkOutcome.Failed(result.getProvisioningDeviceClientStatus().toString());
        } catch (ProvisioningDeviceClientException refused) {
            var trace = new StringWriter();
            refused.printStackTrace(new PrintWriter(trace));
            return new SdkOutcome.Failed(trace.toString());
        } finally {
            client.close();
        }
    }

    @Override
    String disabled() {
        return "ProvisioningDeviceHubException";
    }
}
