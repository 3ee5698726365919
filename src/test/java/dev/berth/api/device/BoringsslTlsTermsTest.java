package dev.berth.api.device;

/** What is agreed on with BoringSSL. */
class BoringsslTlsTermsTest extends TlsTermsContract {
    BoringsslTlsTermsTest() {
        super(TlsEngine.BORINGSSL);
    }
}
