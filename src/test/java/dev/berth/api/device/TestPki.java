package dev.berth.api.device;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates for the tests of the listener: one CA, and leaves of any kind of key below it. */
final class TestPki {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final KeyPair caKey;
    private final X509Certificate ca;

    /** Certificates, leaf first, and the leaf's key. */
    record Credential(List<X509Certificate> chain, PrivateKey key) {
        Credential with(X509Certificate... more) {
            var longer = new java.util.ArrayList<>(chain);
            longer.addAll(List.of(more));
            return new Credential(List.copyOf(longer), key);
        }
    }

    TestPki(String name) {
        caKey = keyPair("P-256");
        ca = issue("CN=" + name, caKey, "CN=" + name, caKey.getPrivate(), true, Duration.ofDays(365));
    }

    X509Certificate ca() {
        return ca;
    }

    Credential device(String commonName, String keyType) {
        return device(commonName, keyType, Duration.ofDays(30));
    }

    Credential device(String commonName, String keyType, Duration validity) {
        var key = keyPair(keyType);
        var leaf = issue(
                "CN=" + commonName, key, ca.getSubjectX500Principal().getName(), caKey.getPrivate(), false, validity);
        return new Credential(List.of(leaf), key.getPrivate());
    }

    static KeyPair keyPair(String type) {
        try {
            if (type.startsWith("P-")) {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp" + type.substring(2) + "r1"));
                return generator.generateKeyPair();
            }
            var generator = KeyPairGenerator.getInstance(type);
            if (type.equals("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes PEM files, {@code name.crt} and {@code name.key}. */
    static void write(Path directory, String name, Credential credential) throws IOException {
        Files.writeString(
                directory.resolve(name + ".crt"), pem(credential.chain().toArray()));
        Files.writeString(directory.resolve(name + ".key"), pem(new JcaPKCS8Generator(credential.key(), null)));
    }

    private static String pem(Object... items) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (var item : items) {
                writer.writeObject(item);
            }
        }
        return text.toString();
    }

    private static X509Certificate issue(
            String subject, KeyPair key, String issuer, PrivateKey issuerKey, boolean isCa, Duration validity) {
        try {
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(now.minus(Duration.ofDays(2))),
                    Date.from(now.plus(validity)),
                    new X500Name(subject),
                    key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
