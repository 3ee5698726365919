package dev.berth.emulator.sdk;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;

/** azure-iothub-provisioningserviceclient for Python. */
class PythonServiceSdkTest extends ServiceSdkContract {
    @Override
    SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException {
        return SdkScripts.python(emulator);
    }
}
