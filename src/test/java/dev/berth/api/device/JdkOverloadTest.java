package dev.berth.api.device;

/** Overload with the JDK's engine. */
class JdkOverloadTest extends OverloadContract {
    JdkOverloadTest() {
        super(TlsEngine.JDK);
    }
}
