package dev.berth.emulator.issuing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** The CA that issues certificates to the devices of one instance: a root and one intermediate, made at first use. */
public final class IssuingAuthority {
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3_650);
    private static final Duration DEVICE_VALIDITY = Duration.ofDays(30);
    private static final Duration BACKDATE = Duration.ofHours(1);
    private static final String SIGNATURE = "SHA384withECDSA";

    private final X500Name rootName;
    private final X500Name intermediateName;
    private final SecureRandom random = new SecureRandom();
    private @Nullable Chain chain;

    private record Chain(KeyPair intermediateKeys, byte[] intermediate, byte[] root) {}

    public IssuingAuthority(String instance) {
        rootName = new X500Name("CN=" + instance + " root CA");
        intermediateName = new X500Name("CN=" + instance + " issuing CA");
    }

    /** The device's certificate and what is above it, as DER, from the leaf to the root. */
    public List<byte[]> issue(CertificateRequest request, Instant now) {
        try {
            var above = chain(now);
            var pkcs10 = request.pkcs10();
            var leaf = builder(
                            intermediateName,
                            pkcs10.getSubject(),
                            pkcs10.getSubjectPublicKeyInfo(),
                            now,
                            DEVICE_VALIDITY)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils()
                                    .createAuthorityKeyIdentifier(
                                            above.intermediateKeys().getPublic()));
            return List.of(signed(leaf, above.intermediateKeys()), above.intermediate(), above.root());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    private synchronized Chain chain(Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var made = chain;
        if (made == null) {
            var rootKeys = keys();
            var keys = keys();
            made = new Chain(
                    keys,
                    authority(rootName, rootKeys, intermediateName, keys, 0, now),
                    authority(rootName, rootKeys, rootName, rootKeys, 1, now));
            chain = made;
        }
        return made;
    }

    private byte[] authority(
            X500Name issuer, KeyPair issuerKeys, X500Name subject, KeyPair keys, int pathLength, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var key = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        var extensions = new JcaX509ExtensionUtils();
        var builder = builder(issuer, subject, key, now, AUTHORITY_VALIDITY)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(keys.getPublic()))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        extensions.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
        return signed(builder, issuerKeys);
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, SubjectPublicKeyInfo key, Instant now, Duration validity) {
        return new X509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random).add(BigInteger.ONE),
                Date.from(now.minus(BACKDATE)),
                Date.from(now.plus(validity)),
                subject,
                key);
    }

    private static byte[] signed(X509v3CertificateBuilder builder, KeyPair keys)
            throws OperatorCreationException, IOException {
        return builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate()))
                .getEncoded();
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        return generator.generateKeyPair();
    }
}
