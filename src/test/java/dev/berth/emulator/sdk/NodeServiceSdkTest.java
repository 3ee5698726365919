package dev.berth.emulator.sdk;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;

/** azure-iot-provisioning-service for Node.js; it knows port 443 only. */
class NodeServiceSdkTest extends ServiceSdkContract {
    @Override
    SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException {
        return SdkScripts.node(emulator);
    }
}
