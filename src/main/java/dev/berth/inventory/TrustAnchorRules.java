package dev.berth.inventory;

import dev.berth.identity.CertificateAuthorities;
import dev.berth.identity.TenantId;
import dev.berth.identity.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One public key belongs to one tenant. It is claimed when it is proven and not before: a root certificate is public, and who merely
 * shows it must not keep its owner out.
 *
 * <p>An anchor issued by another tenant's anchor would take that tenant's devices from it; it needs the other's consent, for which there is no
 * way yet, so it is refused. Only the immediate issuer shows in a certificate, so only that is looked at.
 */
record TrustAnchorRules(Catalogs catalogs, ClaimDesk desk, InstantSource clock) implements Rules<TrustAnchor> {
    @Override
    public TenantId tenant(TrustAnchor value) {
        return value.tenant();
    }

    @Override
    public String name(TrustAnchor value) {
        return value.name();
    }

    /** A renewed certificate of the same key keeps the proof; another key starts without one. */
    @Override
    public TrustAnchor prepared(TrustAnchor value, @Nullable TrustAnchor previous) {
        return previous != null && previous.key().equals(value.key())
                ? previous.with(value.certificate())
                : TrustAnchor.unproven(value.tenant(), value.name(), value.certificate());
    }

    @Override
    public Optional<Change<TrustAnchor>> beforeWrite(TrustAnchor value, @Nullable TrustAnchor previous) {
        if (catalogs.tenants().find(value.tenant(), value.tenant().value()).isEmpty()) {
            return Optional.of(new Change.Missing<>("there is no tenant " + value.tenant()));
        }
        var unfit = unfit(value.certificate());
        if (unfit.isPresent()) {
            return Optional.of(new Change.Invalid<>(List.of(new Violation("/certificate", unfit.get()))));
        }
        if (previous != null && !previous.key().equals(value.key()) && isUsed(value)) {
            return refused("an enrollment group uses the anchor; add the new key under another name");
        }
        return conflict(value);
    }

    /** Why the key cannot be this anchor's, or empty. */
    Optional<Change<TrustAnchor>> conflict(TrustAnchor value) {
        if (desk.isTaken(key(value), value.toString(), this::rests)) {
            return refused("another trust anchor has this public key");
        }
        boolean foreign = Pages.all(catalogs.trustAnchors()).stream()
                .anyMatch(other -> other.proven() && !other.tenant().equals(value.tenant()) && issued(other, value));
        return foreign
                ? refused("the certificate was issued by another tenant's trust anchor, which has not consented")
                : Optional.empty();
    }

    boolean claim(TrustAnchor value) {
        return desk.claim(key(value), value.toString(), this::rests);
    }

    @Override
    public Optional<Change<TrustAnchor>> beforeDelete(TrustAnchor value) {
        return isUsed(value) ? refused("an enrollment group uses the anchor") : Optional.empty();
    }

    @Override
    public void afterwards(TrustAnchor gone, @Nullable TrustAnchor left) {
        if (left == null || !left.key().equals(gone.key())) {
            Automatic.remove(
                    catalogs, gone.tenant(), group -> group.trustAnchor().equals(gone.name()));
            desk.release(key(gone), gone.toString());
        }
    }

    private Optional<String> unfit(X509Certificate certificate) {
        return clock.instant().isAfter(certificate.getNotAfter().toInstant())
                ? Optional.of("it has expired")
                : CertificateAuthorities.unfit(certificate);
    }

    private boolean isUsed(TrustAnchor anchor) {
        return Pages.any(
                catalogs.enrollmentGroups(),
                anchor.tenant(),
                group -> !group.automatic() && group.trustAnchor().equals(anchor.name()));
    }

    private boolean rests(Claim claim) {
        var holder = DpsInstanceId.parse(claim.holder());
        return catalogs.trustAnchors()
                .find(holder.tenant(), holder.name())
                .filter(found -> found.value().proven() && key(found.value()).equals(claim.subject()))
                .isPresent();
    }

    private static boolean issued(TrustAnchor issuer, TrustAnchor anchor) {
        return CertificateAuthorities.issued(issuer.certificate(), anchor.certificate());
    }

    private static Claim.Subject key(TrustAnchor anchor) {
        return new Claim.Subject(Claim.Kind.ANCHOR_KEY, anchor.key().value());
    }

    private static Optional<Change<TrustAnchor>> refused(String detail) {
        return Optional.of(new Change.Refused<>(detail));
    }
}
