package dev.berth.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate is to say. Anything can be said, wrong things too: tests make their malformed chains with it. Each {@code with}
 * method returns another specification; an extension that is set again is replaced.
 *
 * @param signature the signature algorithm, or null for the one that suits the issuer's key
 */
public record CertificateSpec(
        X500Principal subject,
        Instant notBefore,
        Instant notAfter,
        List<Entry> extensions,
        @Nullable String signature) {
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** One extension. */
    public record Entry(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    public CertificateSpec {
        extensions = List.copyOf(extensions);
    }

    /** No extensions, valid for {@code lifetime} from a little before {@code now}. */
    public static CertificateSpec of(X500Principal subject, Instant now, Duration lifetime) {
        return new CertificateSpec(subject, now.minus(CLOCK_SKEW), now.plus(lifetime), List.of(), null);
    }

    /** A CA below which there may be {@code pathLength} intermediates; null: any number. */
    public CertificateSpec withAuthority(@Nullable Integer pathLength) {
        var constraints = pathLength == null ? new BasicConstraints(true) : new BasicConstraints(pathLength);
        return with(Extension.basicConstraints, true, constraints)
                .withKeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    public CertificateSpec withEndEntity() {
        return with(Extension.basicConstraints, true, new BasicConstraints(false))
                .withKeyUsage(KeyUsage.digitalSignature);
    }

    /** {@code bits} are those of {@link KeyUsage}. */
    public CertificateSpec withKeyUsage(int bits) {
        return with(Extension.keyUsage, true, new KeyUsage(bits));
    }

    public CertificateSpec withExtendedKeyUsage(KeyPurposeId... purposes) {
        return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    public CertificateSpec withAlternativeNames(GeneralName... names) {
        return with(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    /** Only names under {@code permitted} may be issued. */
    public CertificateSpec withNameConstraints(GeneralName... permitted) {
        var subtrees = Arrays.stream(permitted).map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
        return with(Extension.nameConstraints, true, new NameConstraints(subtrees, null));
    }

    public CertificateSpec withValidity(Instant from, Instant to) {
        return new CertificateSpec(subject, from, to, extensions, signature);
    }

    public CertificateSpec withSignature(String algorithm) {
        return new CertificateSpec(subject, notBefore, notAfter, extensions, algorithm);
    }

    public CertificateSpec with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        var others = new ArrayList<>(without(id).extensions);
        others.add(new Entry(id, critical, value));
        return new CertificateSpec(subject, notBefore, notAfter, others, signature);
    }

    public CertificateSpec without(ASN1ObjectIdentifier id) {
        return new CertificateSpec(
                subject,
                notBefore,
                notAfter,
                extensions.stream().filter(entry -> !entry.id().equals(id)).toList(),
                signature);
    }
}
