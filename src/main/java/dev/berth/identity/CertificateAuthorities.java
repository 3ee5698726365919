package dev.berth.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** What a certificate must be to vouch for devices. */
public final class CertificateAuthorities {
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
    private static final int KEY_CERT_SIGN = 5;

    private CertificateAuthorities() {}

    /** Why the certificate cannot vouch for devices at any time, or empty if it can. */
    public static Optional<String> unfit(X509Certificate certificate) {
        if (certificate.getBasicConstraints() < 0) {
            return Optional.of("it is no CA (basic constraints)");
        }
        if (certificate.getKeyUsage() != null && !certificate.getKeyUsage()[KEY_CERT_SIGN]) {
            return Optional.of("its key usage does not let it sign certificates");
        }
        if (!mayAuthenticateClients(certificate)) {
            return Optional.of("its extended key usage lacks clientAuth");
        }
        return KeyStrength.weakness(certificate);
    }

    /** Whether {@code issuer} signed {@code certificate}, by name and by key. */
    public static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                && Certificates.signedBy(certificate, issuer.getPublicKey());
    }

    /** No extended key usage, any, or clientAuth; of a CA it limits what its devices may be, as TLS libraries commonly hold it. */
    static boolean mayAuthenticateClients(X509Certificate certificate) {
        try {
            var usages = certificate.getExtendedKeyUsage();
            return usages == null || usages.contains(CLIENT_AUTHENTICATION) || usages.contains(ANY_EXTENDED_KEY_USAGE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
