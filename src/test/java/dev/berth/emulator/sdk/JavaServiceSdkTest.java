package dev.berth.emulator.sdk;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;

/** provisioning-service-client for Java; it knows port 443 only. */
class JavaServiceSdkTest extends ServiceSdkContract {
    @Override
    SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException {
        return SdkScripts.java(emulator);
    }
}
