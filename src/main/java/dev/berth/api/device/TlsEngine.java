package dev.berth.api.device;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.security.PublicKey;
import java.util.function.Predicate;

/** Who does the cryptography of the device listener. */
public enum TlsEngine {
    /** Netty's build of BoringSSL: the least CPU, above all where AWS-LC does not run, but it lets through no client certificate of some kinds of key. */
    BORINGSSL(
            SslProvider.OPENSSL,
            "it sees no client certificate with an Ed25519 key, and under TLS 1.3 none with a P-521 key, and ends"
                    + " the handshake when the key usage does not allow signatures;"
                    + " berth.tls.engine=jdk takes them"),
    /** The JDK's own engine: takes every kind of key that DPS knows. */
    JDK(SslProvider.JDK, "it takes RSA, elliptic-curve and Ed25519 client certificates");

    private final SslProvider provider;
    private final String leaves;

    TlsEngine(SslProvider provider, String leaves) {
        this.provider = provider;
        this.leaves = leaves;
    }

    /** The fastest engine that runs here and takes the server's own key. */
    public static TlsEngine fastestFor(PublicKey serverKey) {
        return fastestFor(serverKey, TlsEngine::available);
    }

    static TlsEngine fastestFor(PublicKey serverKey, Predicate<TlsEngine> runsHere) {
        return runsHere.test(BORINGSSL) && BORINGSSL.takesServerKey(serverKey) ? BORINGSSL : JDK;
    }

    public boolean available() {
        return this == JDK || OpenSsl.isAvailable();
    }

    public boolean takesServerKey(PublicKey key) {
        return this == JDK || !key.getAlgorithm().startsWith("Ed");
    }

    /** Which device certificates it takes, in words for the log and for the device that was not seen. */
    public String leaves() {
        return leaves;
    }

    /**
     * Settings of the JDK's engine that it reads once, when its classes load; to be called before any other TLS of the process. What
     * the command line says has precedence.
     *
     * <p>Devices connect once, so session tickets only cost; and 8 certificates, the default, would end a chain that is too long with a
     * bare alert instead of a problem. A client of TLS 1.2 that could have the handshake done again, and again, would cost what as
     * many connections do, and be counted as one.
     */
    public static void prepareJdk() {
        setUnlessSet("jdk.tls.server.newSessionTicketCount", "0");
        setUnlessSet("jdk.tls.server.enableSessionTicketExtension", "false");
        setUnlessSet("jdk.tls.server.maxInboundCertificateChainLength", "32");
        setUnlessSet("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    SslProvider provider() {
        return provider;
    }
}
