package dev.berth.emulator.sdk;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** azure-iot-provisioning-device for Node.js. */
class NodeDeviceSdkTest extends DeviceSdkContract {
    @Override
    SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException {
        return SdkScripts.node(emulator);
    }

    @Override
    Set<Transport> transports() {
        return EnumSet.allOf(Transport.class);
    }

    /** What it makes of a status that it does not know. */
    @Override
    String disabled() {
        return "SyntaxError";
    }

    @Override
    Set<Transport> waitsWhenThrottled() {
        return EnumSet.of(Transport.MQTT, Transport.MQTT_WS);
    }
}
