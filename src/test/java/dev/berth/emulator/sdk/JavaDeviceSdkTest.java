package dev.berth.emulator.sdk;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** provisioning-device-client for Java; it has AMQP as well, which the emulator has not. */
class JavaDeviceSdkTest extends DeviceSdkContract {
    @Override
    SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException {
        return SdkScripts.java(emulator);
    }

    @Override
    Set<Transport> transports() {
        return EnumSet.allOf(Transport.class);
    }

    @Override
    String disabled() {
        return "ProvisioningDeviceHubException";
    }

    @Override
    Set<Transport> waitsWhenThrottled() {
        return EnumSet.noneOf(Transport.class);
    }
}
