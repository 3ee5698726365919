package dev.berth.emulator.sdk;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** azure-iot-device for Python; it has no HTTPS. */
class PythonDeviceSdkTest extends DeviceSdkContract {
    @Override
    SdkScripts scripts(EmulatorDescription emulator) throws IOException, InterruptedException {
        return SdkScripts.python(emulator);
    }

    @Override
    Set<Transport> transports() {
        return EnumSet.of(Transport.MQTT, Transport.MQTT_WS);
    }

    @Override
    String disabled() {
        return "invalid registration status";
    }

    @Override
    Set<Transport> waitsWhenThrottled() {
        return transports();
    }
}
