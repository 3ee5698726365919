package dev.berth.api.device;

/** Strangers at BoringSSL. */
class BoringsslHostileHandshakeTest extends HostileHandshakeContract {
    BoringsslHostileHandshakeTest() {
        super(TlsEngine.BORINGSSL);
    }
}
