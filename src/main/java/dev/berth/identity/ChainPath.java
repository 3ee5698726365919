package dev.berth.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * One way from a device certificate up to a trust anchor, by names; nothing is checked yet.
 *
 * @param certificates the device's first, without the anchor's
 * @param anchorName the name that the topmost certificate calls the anchor's key by
 */
record ChainPath(List<X509Certificate> certificates, TrustAnchor anchor, X500Principal anchorName) {
    ChainPath {
        certificates = List.copyOf(certificates);
    }

    X509Certificate leaf() {
        return certificates.getFirst();
    }

    List<X509Certificate> intermediates() {
        return certificates.subList(1, certificates.size());
    }
}
