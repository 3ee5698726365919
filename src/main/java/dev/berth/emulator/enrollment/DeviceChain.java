package dev.berth.emulator.enrollment;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** What a device sent in its handshake: its own certificate first, the others in any order. */
public record DeviceChain(X509Certificate leaf, List<X509Certificate> others) {
    private static final int KEY_CERT_SIGN = 5;

    public static DeviceChain of(List<X509Certificate> sent) {
        return new DeviceChain(sent.getFirst(), List.copyOf(sent.subList(1, sent.size())));
    }

    /** The leaf's common name, if it has exactly one. */
    Optional<String> commonName() {
        var subject = X500Name.getInstance(leaf.getSubjectX500Principal().getEncoded());
        var names = subject.getRDNs(BCStyle.CN);
        return names.length == 1
                ? Optional.of(IETFUtils.valueToString(names[0].getFirst().getValue()))
                : Optional.empty();
    }

    /** The sent certificate that signed this one, if it may sign at all. */
    Optional<X509Certificate> issuerOf(X509Certificate certificate) {
        return others.stream()
                .filter(other -> !other.equals(certificate) && mayIssue(other) && signed(other, certificate))
                .findFirst();
    }

    static boolean valid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    static boolean mayIssue(X509Certificate certificate) {
        var usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }

    static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException refused) {
            // Hostile certificates make the JDK's parsers throw unchecked exceptions as well.
            return false;
        }
    }
}
