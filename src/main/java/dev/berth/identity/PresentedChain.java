package dev.berth.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificates that a device presented in a handshake, its own first; what is worked out of them is kept for all requests of the connection. */
public final class PresentedChain {
    public static final PresentedChain NONE = new PresentedChain(List.of());

    private final List<X509Certificate> certificates;
    private volatile @Nullable List<String> thumbprints;

    public PresentedChain(List<X509Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /** A TLS engine's own view of them: some of its certificates are but bytes. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    /**
     * Those of {@link #certificates}.
     *
     * @throws IllegalArgumentException if one cannot be encoded
     */
    List<String> thumbprints() {
        var known = thumbprints;
        if (known == null) {
            known = certificates.stream().map(Certificates::thumbprint).toList();
            thumbprints = known;
        }
        return known;
    }
}
