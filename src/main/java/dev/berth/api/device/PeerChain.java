package dev.berth.api.device;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates a device showed in its handshake, leaf first; the same for all requests of a connection.
 *
 * <p>BoringSSL hands over bytes, so certificates are parsed here, once, when they are first asked for: not on the event loop.
 */
final class PeerChain {
    private final List<Certificate> shown;
    private volatile @Nullable List<X509Certificate> parsed;

    PeerChain(List<Certificate> shown) {
        this.shown = List.copyOf(shown);
    }

    boolean isEmpty() {
        return shown.isEmpty();
    }

    /** The certificates as the JDK's own objects; {@link CertificateException} if one cannot be read. */
    List<X509Certificate> certificates() throws CertificateException {
        var certificates = parsed;
        if (certificates == null) {
            certificates = parse();
            parsed = certificates; // a race parses twice, to the same end
        }
        return certificates;
    }

    private List<X509Certificate> parse() throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new ArrayList<X509Certificate>(shown.size());
        for (var certificate : shown) {
            var der = new ByteArrayInputStream(certificate.getEncoded());
            certificates.add((X509Certificate) factory.generateCertificate(der));
        }
        return List.copyOf(certificates);
    }
}
