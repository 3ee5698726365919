package dev.berth.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and certificates. Safe for use by many threads. */
public final class Pki {
    public static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3_650);
    public static final Duration LEAF_LIFETIME = Duration.ofDays(365);
    private static final int SERIAL_BITS = 127;

    private final SecureRandom random;
    private final InstantSource clock;

    public Pki(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    public Pki() {
        this(new SecureRandom(), InstantSource.system());
    }

    /** A self-signed CA with this common name. */
    public CertifiedKey root(String commonName, KeyAlgorithm algorithm) {
        return selfSigned(
                CertificateSpec.of(named(commonName), clock.instant(), AUTHORITY_LIFETIME)
                        .withAuthority(null),
                algorithm);
    }

    /** A CA under {@code issuer}. */
    public CertifiedKey intermediate(CertifiedKey issuer, String commonName, KeyAlgorithm algorithm) {
        return issue(issuer, authority(commonName), algorithm);
    }

    /** A server's certificate for these DNS names and IP addresses; the first is its common name too. */
    public CertifiedKey server(CertifiedKey issuer, List<String> hosts, KeyAlgorithm algorithm) {
        var spec = leaf(hosts.getFirst())
                .withExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)
                .withAlternativeNames(hosts.stream().map(Pki::host).toArray(GeneralName[]::new));
        return issue(issuer, spec, algorithm);
    }

    /** The certificate of an administrator, or of a program that administers; {@code roles} see {@link OperatorRole}. */
    public CertifiedKey operator(
            CertifiedKey issuer, String commonName, List<OperatorRole> roles, KeyAlgorithm algorithm) {
        var names = roles.stream()
                .map(role -> new GeneralName(GeneralName.uniformResourceIdentifier, role.toString()))
                .toArray(GeneralName[]::new);
        var spec = leaf(commonName)
                .withExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)
                .withAlternativeNames(names);
        return issue(issuer, spec, algorithm);
    }

    public CertifiedKey device(CertifiedKey issuer, String registrationId, KeyAlgorithm algorithm) {
        return issue(issuer, deviceSpec(registrationId), algorithm);
    }

    /** One certificate for each registration ID, in their order; made on all processors. */
    public List<CertifiedKey> devices(CertifiedKey issuer, List<String> registrationIds, KeyAlgorithm algorithm) {
        return registrationIds.parallelStream()
                .map(registrationId -> device(issuer, registrationId, algorithm))
                .toList();
    }

    /** Proof that the holder of the anchor's key knows the verification code. */
    public X509Certificate proof(CertifiedKey anchor, String code) {
        var spec = CertificateSpec.of(named(code), clock.instant(), Duration.ofDays(1))
                .withEndEntity();
        return sign(anchor, spec, KeyAlgorithm.P_256.generate(random).getPublic());
    }

    /** What {@link #device} makes certificates of; for those who want to change something about them. */
    public CertificateSpec deviceSpec(String registrationId) {
        return leaf(registrationId).withExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
    }

    /** What {@link #intermediate} makes certificates of. */
    public CertificateSpec authority(String commonName) {
        return CertificateSpec.of(named(commonName), clock.instant(), AUTHORITY_LIFETIME)
                .withAuthority(null);
    }

    public CertifiedKey selfSigned(CertificateSpec spec, KeyAlgorithm algorithm) {
        var pair = algorithm.generate(random);
        return new CertifiedKey(
                sign(spec.subject(), pair.getPrivate(), pair.getPublic(), spec, pair.getPublic()), pair.getPrivate());
    }

    public CertifiedKey issue(CertifiedKey issuer, CertificateSpec spec, KeyAlgorithm algorithm) {
        var pair = algorithm.generate(random);
        return new CertifiedKey(sign(issuer, spec, pair.getPublic()), pair.getPrivate());
    }

    /** A certificate for a key that exists already. */
    public X509Certificate sign(CertifiedKey issuer, CertificateSpec spec, PublicKey key) {
        var certificate = issuer.certificate();
        return sign(certificate.getSubjectX500Principal(), issuer.key(), certificate.getPublicKey(), spec, key);
    }

    /** The name that has this common name alone. */
    public static X500Principal named(String commonName) {
        return new X500Principal("CN=" + Rdn.escapeValue(commonName));
    }

    private CertificateSpec leaf(String commonName) {
        return CertificateSpec.of(named(commonName), clock.instant(), LEAF_LIFETIME)
                .withEndEntity();
    }

    private static GeneralName host(String host) {
        boolean address = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        return new GeneralName(
                address ? GeneralName.iPAddress : GeneralName.dNSName, address ? host : IDN.toASCII(host));
    }

    private X509Certificate sign(
            X500Principal issuer,
            PrivateKey issuerKey,
            PublicKey issuerPublicKey,
            CertificateSpec spec,
            PublicKey key) {
        try {
            var builder = new X509v3CertificateBuilder(
                    X500Name.getInstance(issuer.getEncoded()),
                    new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                    Date.from(spec.notBefore()),
                    Date.from(spec.notAfter()),
                    X500Name.getInstance(spec.subject().getEncoded()),
                    SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key)));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(issuerPublicKey)));
            for (var extension : spec.extensions()) {
                builder.addExtension(extension.id(), extension.critical(), extension.value());
            }
            var algorithm = spec.signature() == null ? KeyAlgorithm.signature(issuerKey) : spec.signature();
            var signer = new JcaContentSignerBuilder(algorithm).build(issuerKey);
            return parse(builder.build(signer).getEncoded());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalArgumentException("the certificate cannot be made", e);
        }
    }

    /** The first 160 bits of SHA-256 over the key, as RFC 7093 has it. */
    private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
        var bits = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getBytes();
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bits), 20);
    }

    private static X509Certificate parse(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
