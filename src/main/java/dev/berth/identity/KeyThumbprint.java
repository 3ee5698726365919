package dev.berth.identity;

import java.security.PublicKey;
import java.security.cert.X509Certificate;

/** Names a public key: SHA-256 of its SubjectPublicKeyInfo, in lower-case hex. */
public record KeyThumbprint(String value) {
    public static KeyThumbprint of(PublicKey key) {
        return new KeyThumbprint(Certificates.sha256(key.getEncoded()));
    }

    public static KeyThumbprint of(X509Certificate certificate) {
        return of(certificate.getPublicKey());
    }

    @Override
    public String toString() {
        return value;
    }
}
