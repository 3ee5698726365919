package dev.berth.identity;

import java.security.cert.X509Certificate;

/** A certificate authority whose devices belong to {@code tenant}, once the tenant has proved that it holds the key. */
public record TrustAnchor(TenantId tenant, String name, X509Certificate certificate, Possession possession) {
    public TrustAnchor {
        Name.require(name);
    }

    public static TrustAnchor unproven(TenantId tenant, String name, X509Certificate certificate) {
        return new TrustAnchor(tenant, name, certificate, new Possession.Unproven());
    }

    /** What identifies the anchor: never its subject, which anybody can write into a certificate. */
    public KeyThumbprint key() {
        return KeyThumbprint.of(certificate);
    }

    public boolean proven() {
        return possession instanceof Possession.Proven;
    }

    public TrustAnchor with(Possession newPossession) {
        return new TrustAnchor(tenant, name, certificate, newPossession);
    }

    /** Another certificate of the same key, as after a renewal. */
    public TrustAnchor with(X509Certificate newCertificate) {
        return new TrustAnchor(tenant, name, newCertificate, possession);
    }

    @Override
    public String toString() {
        return tenant + "/" + name;
    }
}
