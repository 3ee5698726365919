package dev.berth.api.device;

/** The device listener with BoringSSL. */
class BoringsslDeviceListenerTest extends DeviceListenerContract {
    BoringsslDeviceListenerTest() {
        super(TlsEngine.BORINGSSL);
    }
}
