package dev.berth.emulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.EmulatorDescription;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executors;

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

    /** This one waits as it is told and asks again, without end. */
    @Override
    void meetsThrottling(SdkFleet throttled, Transport transport) throws Exception {
        var device = throttled.device(Proof.CERTIFICATE_BELOW_A_GROUP);
        try (var run = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcome = run.submit(() -> register(throttled, transport, device));
            while (throttled.report().throttled() == 0 && !outcome.isDone()) {
                Thread.onSpinWait();
            }
            throttled.giveQuotaBack();
            assertThat(outcome.get()).isInstanceOf(SdkOutcome.Assigned.class);
        }
    }
}
