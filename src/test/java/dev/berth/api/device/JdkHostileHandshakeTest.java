package dev.berth.api.device;

/** Strangers at the JDK's engine. */
class JdkHostileHandshakeTest extends HostileHandshakeContract {
    JdkHostileHandshakeTest() {
        super(TlsEngine.JDK);
    }
}
