package dev.berth.emulator.sdk;

import java.util.EnumSet;
import java.util.Set;

/** azure-iot-provisioning-device for Node.js. */
class NodeDeviceSdkTest extends DeviceSdkContract {
    @Override
    Set<Transport> transports() {
        return EnumSet.allOf(Transport.class);
    }

    @Override
    SdkOutcome register(SdkFleet fleet, Transport transport, SdkDevice device) throws Exception {
        return SdkFolder.node(fleet.caFile()).register("device.js", fleet, transport, device);
    }

    /** What it makes of a status that it does not know. */
    @Override
    String disabled() {
        return "SyntaxError";
    }
}
