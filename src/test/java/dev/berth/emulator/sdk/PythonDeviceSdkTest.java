package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** azure-iot-device for Python; it has no HTTPS. */
class PythonDeviceSdkTest extends DeviceSdkContract {
    @Override
    Set<Transport> transports() {
        return EnumSet.of(Transport.MQTT, Transport.MQTT_WS);
    }

    @Override
    SdkOutcome register(SdkFleet fleet, Transport transport, SdkDevice device) throws Exception {
        return SdkFolder.python(fleet.caFile()).register("device.py", fleet, transport, device);
    }

    @Override
    String disabled() {
        return "invalid registration status";
    }
}
