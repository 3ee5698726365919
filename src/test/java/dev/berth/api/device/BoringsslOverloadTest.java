package dev.berth.api.device;

/** Overload with BoringSSL. */
class BoringsslOverloadTest extends OverloadContract {
    BoringsslOverloadTest() {
        super(TlsEngine.BORINGSSL);
    }
}
