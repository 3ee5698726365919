package dev.berth.emulator.https;

import dev.berth.emulator.enrollment.DeviceChain;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The certificates that a client showed in its handshake. */
public final class PeerChain {
    private PeerChain() {}

    public static Optional<DeviceChain> of(SSLSession session) {
        try {
            return Optional.of(DeviceChain.of(Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList()));
        } catch (SSLPeerUnverifiedException noCertificate) {
            return Optional.empty();
        }
    }
}
