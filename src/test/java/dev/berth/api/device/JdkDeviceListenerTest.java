package dev.berth.api.device;

/** The device listener with the JDK's engine. */
class JdkDeviceListenerTest extends DeviceListenerContract {
    JdkDeviceListenerTest() {
        super(TlsEngine.JDK);
    }
}
