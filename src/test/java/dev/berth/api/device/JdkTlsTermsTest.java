package dev.berth.api.device;

/** What is agreed on with the JDK's engine. */
class JdkTlsTermsTest extends TlsTermsContract {
    JdkTlsTermsTest() {
        super(TlsEngine.JDK);
    }
}
