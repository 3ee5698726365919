package dev.berth.emulator.https;

import io.netty.handler.ssl.OpenSsl;

/** Who speaks TLS on the device listener. */
public enum TlsEngine {
    /** BoringSSL where its library loads, the JDK elsewhere. */
    AUTO,
    /** Cheapest; does not see Ed25519 and some P-521 certificates of devices, which then seem to have none. */
    BORINGSSL,
    /** Takes every certificate. */
    JDK;

    boolean boringSsl() {
        return switch (this) {
            case AUTO -> OpenSsl.isAvailable();
            case BORINGSSL -> true;
            case JDK -> false;
        };
    }
}
