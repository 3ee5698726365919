package dev.berth.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** What Berth reads from certificates beyond the JDK's accessors. */
public final class Certificates {
    private static final int NAME_SHOWN_MAX = 200;

    private Certificates() {}

    /** SHA-256 of the certificate, in lower-case hex. */
    public static String thumbprint(X509Certificate certificate) {
        try {
            return sha256(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("not an encodable certificate", e);
        }
    }

    /** The JDK's own view of a certificate that a TLS engine may have wrapped. */
    public static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Whether {@code key} signed the certificate. The JDK's certificates remember the answer, so asking twice is free. */
    static boolean signedBy(X509Certificate certificate, PublicKey key) {
        try {
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** All common names of the subject; a well-made device certificate has one. */
    public static List<String> commonNames(X509Certificate certificate) {
        return relativeNames(certificate.getSubjectX500Principal()).stream()
                .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                .map(rdn -> rdn.getValue() instanceof String text ? text : "")
                .toList();
    }

    /** The attributes of a name, those of multi-valued RDNs one by one. */
    static List<Rdn> relativeNames(X500Principal name) {
        try {
            return new LdapName(name.getName(X500Principal.RFC2253))
                    .getRdns().stream().flatMap(Certificates::single).toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static Stream<Rdn> single(Rdn rdn) {
        if (rdn.size() == 1) {
            return Stream.of(rdn);
        }
        return Stream.of(rdn.toString().split("(?<!\\\\)\\+", -1)).mapMulti((part, sink) -> {
            try {
                sink.accept(new Rdn(part.strip()));
            } catch (InvalidNameException e) {
                // Not an attribute: it names nobody.
            }
        });
    }

    /** A name, short enough to be shown. */
    static String shown(X500Principal principal) {
        String name = principal.getName();
        return name.length() <= NAME_SHOWN_MAX ? name : name.substring(0, NAME_SHOWN_MAX) + "...";
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes));
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
