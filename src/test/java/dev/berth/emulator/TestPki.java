package dev.berth.emulator;

import dev.berth.emulator.protocol.Pem;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates for tests: EC P-256, valid around now unless asked otherwise. */
public final class TestPki {
    private TestPki() {}

    /** A certificate with its key and what is above it, nearest first, without the root. */
    public record Entity(X509Certificate certificate, KeyPair keys, List<X509Certificate> intermediates) {
        public Entity authority(String commonName) {
            return issue(commonName, true, Instant.now());
        }

        public Entity device(String commonName) {
            return issue(commonName, false, Instant.now());
        }

        public Entity issue(String commonName, boolean authority, Instant around) {
            var keys = keyPair();
            var above = new ArrayList<X509Certificate>();
            if (!certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
                above.add(certificate);
                above.addAll(intermediates);
            }
            var issuer = new X500Name(certificate.getSubjectX500Principal().getName());
            return new Entity(
                    sign(issuer, this.keys, "CN=" + commonName, keys, authority, around), keys, List.copyOf(above));
        }

        /** The same, but showing nothing above itself. */
        public Entity alone() {
            return new Entity(certificate, keys, List.of());
        }

        public String pem() {
            return Pem.of(certificate);
        }

        public List<X509Certificate> chain() {
            var chain = new ArrayList<X509Certificate>();
            chain.add(certificate);
            chain.addAll(intermediates);
            return chain;
        }
    }

    public static Entity root(String commonName) {
        var keys = keyPair();
        var name = "CN=" + commonName;
        return new Entity(sign(new X500Name(name), keys, name, keys, true, Instant.now()), keys, List.of());
    }

    private static X509Certificate sign(
            X500Name issuer, KeyPair issuerKeys, String subject, KeyPair keys, boolean authority, Instant around) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(127, new SecureRandom()).add(BigInteger.ONE),
                            Date.from(around.minus(Duration.ofDays(1))),
                            Date.from(around.plus(Duration.ofDays(1))),
                            new X500Name(subject),
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
