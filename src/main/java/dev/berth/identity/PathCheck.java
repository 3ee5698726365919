package dev.berth.identity;

import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_CHAIN_INVALID;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_CHAIN_TOO_LONG;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_EXPIRED;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_NOT_YET_VALID;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_UNTRUSTED;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_USAGE;

import dev.berth.identity.ChainVerdict.Refused;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Checks one path by RFC 5280, with the JDK's validator, and with what that leaves to its callers: the anchor's own certificate, and
 * what the certificates may be used for.
 *
 * <p>Strength comes first, so that no oversized key is ever computed with; then the signatures, so that nothing else is said of a
 * certificate that its issuer never signed. The JDK's certificates remember a verified signature, so the validator does not
 * compute it again.
 */
final class PathCheck {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final int DIGITAL_SIGNATURE = 0;

    private final ChainPath path;
    private final List<X509Certificate> presented;
    private final Instant now;

    private PathCheck(ChainPath path, List<X509Certificate> presented, Instant now) {
        this.path = path;
        this.presented = presented;
        this.now = now;
    }

    /** Why the path does not hold, or empty if it does. Of any input, however malformed, this makes a refusal at worst. */
    static Optional<Refused> refusal(ChainPath path, List<X509Certificate> presented, Instant now) {
        try {
            var check = new PathCheck(path, presented, now);
            return Stream.<Supplier<Optional<Refused>>>of(
                            check::strength,
                            check::signatures,
                            check::validity,
                            check::authorities,
                            check::anchor,
                            check::pkix,
                            check::usage)
                    .flatMap(rule -> rule.get().stream())
                    .findFirst();
        } catch (RuntimeException e) {
            return refused(CERTIFICATE_CHAIN_INVALID, "the chain has an extension that cannot be understood");
        }
    }

    private Optional<Refused> strength() {
        return path.certificates().stream()
                .flatMap(certificate -> KeyStrength.weakness(certificate).stream()
                        .map(weakness -> new Refused(CERTIFICATE_CHAIN_INVALID, called(certificate) + ": " + weakness)))
                .findFirst();
    }

    private Optional<Refused> signatures() {
        var key = path.anchor().certificate().getPublicKey();
        for (var certificate : path.certificates().reversed()) {
            if (!Certificates.signedBy(certificate, key)) {
                return Optional.of(badSignature(certificate));
            }
            key = certificate.getPublicKey();
        }
        return Optional.empty();
    }

    /** Either the certificate was changed or garbled, or it is good and its issuer only bears the name of the one we know. */
    private Refused badSignature(X509Certificate certificate) {
        var issuer = issuerOf(certificate);
        boolean namesake = KeyIdentifiers.contradict(certificate, issuer)
                || presented.stream()
                        .anyMatch(other -> sameName(other, issuer)
                                && KeyStrength.weakness(other).isEmpty()
                                && Certificates.signedBy(certificate, other.getPublicKey()));
        return namesake
                ? new Refused(
                        CERTIFICATE_UNTRUSTED,
                        called(certificate) + " was issued under the name of a known issuer by another key")
                : new Refused(CERTIFICATE_CHAIN_INVALID, called(certificate) + ": its signature is broken");
    }

    private X509Certificate issuerOf(X509Certificate certificate) {
        int next = path.certificates().indexOf(certificate) + 1;
        return next < path.certificates().size()
                ? path.certificates().get(next)
                : path.anchor().certificate();
    }

    private static boolean sameName(X509Certificate one, X509Certificate other) {
        return one.getSubjectX500Principal().equals(other.getSubjectX500Principal());
    }

    private Optional<Refused> validity() {
        return Stream.concat(
                        path.certificates().stream(), Stream.of(path.anchor().certificate()))
                .flatMap(certificate -> validity(certificate).stream())
                .findFirst();
    }

    private Optional<Refused> validity(X509Certificate certificate) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return refused(
                    CERTIFICATE_EXPIRED,
                    called(certificate) + " expired at "
                            + certificate.getNotAfter().toInstant());
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return refused(
                    CERTIFICATE_NOT_YET_VALID,
                    called(certificate) + " is not valid before "
                            + certificate.getNotBefore().toInstant() + "; the time is " + now);
        }
        return Optional.empty();
    }

    private Optional<Refused> authorities() {
        return path.intermediates().stream()
                .filter(issuer -> issuer.getBasicConstraints() < 0)
                .findFirst()
                .map(issuer -> new Refused(
                        CERTIFICATE_CHAIN_INVALID, called(issuer) + " signed another certificate and is no CA"));
    }

    /** RFC 5280 takes a name and a key from the anchor; what its certificate restricts is meant all the same. */
    private Optional<Refused> anchor() {
        var certificate = path.anchor().certificate();
        var unfit = CertificateAuthorities.unfit(certificate);
        if (unfit.isPresent()) {
            return refused(CERTIFICATE_USAGE, called(certificate) + ": " + unfit.get());
        }
        long intermediates = path.intermediates().stream()
                .filter(ca -> !Certificates.isSelfIssued(ca))
                .count();
        if (intermediates > certificate.getBasicConstraints()) {
            return refused(CERTIFICATE_CHAIN_TOO_LONG, pathLength(certificate));
        }
        return path.certificates().stream().allMatch(this::withinAnchorsNames)
                ? Optional.empty()
                : refused(CERTIFICATE_CHAIN_INVALID, "a name in the chain is outside of the anchor's name constraints");
    }

    private boolean withinAnchorsNames(X509Certificate certificate) {
        var constraints = KeyIdentifiers.value(path.anchor().certificate(), NAME_CONSTRAINTS);
        if (constraints.isEmpty() || (Certificates.isSelfIssued(certificate) && !certificate.equals(path.leaf()))) {
            return true;
        }
        var selector = new X509CertSelector();
        try {
            selector.setNameConstraints(constraints.get());
        } catch (IOException e) {
            return false;
        }
        return selector.match(certificate);
    }

    private Optional<Refused> pkix() {
        try {
            var anchor = new java.security.cert.TrustAnchor(
                    path.anchorName(), path.anchor().certificate().getPublicKey(), null);
            var parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            var certPath = CertificateFactory.getInstance("X.509").generateCertPath(path.certificates());
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(explained(e));
        } catch (GeneralSecurityException e) {
            return refused(CERTIFICATE_CHAIN_INVALID, "the chain cannot be checked");
        }
    }

    private Refused explained(CertPathValidatorException e) {
        String which =
                e.getIndex() < 0 ? "the chain" : called(path.certificates().get(e.getIndex()));
        return switch (e.getReason()) {
            case PKIXReason.PATH_TOO_LONG ->
                new Refused(
                        CERTIFICATE_CHAIN_TOO_LONG,
                        which + " stands deeper than the path length of a CA above it allows");
            case PKIXReason.INVALID_KEY_USAGE ->
                new Refused(CERTIFICATE_USAGE, which + ": its key usage does not let it sign certificates");
            case PKIXReason.INVALID_NAME ->
                new Refused(
                        CERTIFICATE_CHAIN_INVALID,
                        which + ": its name is outside of the name constraints of a CA above it");
            case PKIXReason.UNRECOGNIZED_CRIT_EXT ->
                new Refused(CERTIFICATE_CHAIN_INVALID, which + " has a critical extension that is not known here");
            default -> new Refused(CERTIFICATE_CHAIN_INVALID, which + " does not hold in this chain");
        };
    }

    private Optional<Refused> usage() {
        var leaf = path.leaf();
        if (leaf.getBasicConstraints() >= 0) {
            return refused(CERTIFICATE_USAGE, called(leaf) + " is a CA; a device needs a certificate of its own");
        }
        if (leaf.getKeyUsage() != null && !leaf.getKeyUsage()[DIGITAL_SIGNATURE]) {
            return refused(CERTIFICATE_USAGE, called(leaf) + ": its key usage lacks digitalSignature");
        }
        return path.certificates().stream()
                .filter(certificate -> !CertificateAuthorities.mayAuthenticateClients(certificate))
                .findFirst()
                .map(certificate -> new Refused(
                        CERTIFICATE_USAGE, called(certificate) + ": its extended key usage lacks clientAuth"));
    }

    private static String pathLength(X509Certificate ca) {
        return called(ca) + " allows " + ca.getBasicConstraints() + " intermediate certificates below it";
    }

    private static String called(X509Certificate certificate) {
        return "the certificate \"" + Certificates.shown(certificate.getSubjectX500Principal()) + "\"";
    }

    private static Optional<Refused> refused(ChainVerdict.Reason reason, String detail) {
        return Optional.of(new Refused(reason, detail));
    }
}
