package dev.berth.api.device;

/** The server certificate with BoringSSL. */
class BoringsslServerCertificateTest extends ServerCertificateContract {
    BoringsslServerCertificateTest() {
        super(TlsEngine.BORINGSSL);
    }
}
