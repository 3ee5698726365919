package dev.berth.identity;

import dev.berth.pki.CertificateSpec;
import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/** Certificates to judge: a root, an intermediate below it, and what a test puts below those. */
final class ChainFixture {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final TenantId CONTOSO = new TenantId("contoso");
    static final TenantId FABRIKAM = new TenantId("fabrikam");
    static final Pki PKI = new Pki(new SecureRandom(), InstantSource.fixed(NOW));
    static final CertifiedKey ROOT = PKI.root("Contoso Root CA", KeyAlgorithm.P_256);
    static final CertifiedKey LINE = PKI.intermediate(ROOT, "Line 3", KeyAlgorithm.P_256);
    static final TrustAnchors ANCHORS = anchors(anchor(CONTOSO, "root", ROOT));

    private ChainFixture() {}

    static TrustAnchor anchor(TenantId tenant, String name, CertifiedKey authority) {
        return anchor(tenant, name, authority.certificate());
    }

    static TrustAnchor anchor(TenantId tenant, String name, X509Certificate certificate) {
        return TrustAnchor.unproven(tenant, name, certificate).with(new Possession.Proven(NOW));
    }

    static TrustAnchors anchors(TrustAnchor... anchors) {
        return TrustAnchors.of(List.of(anchors));
    }

    static CertifiedKey device(CertifiedKey issuer) {
        return PKI.device(issuer, "thermostat-0001", KeyAlgorithm.P_256);
    }

    static CertifiedKey device(CertifiedKey issuer, CertificateSpec spec) {
        return PKI.issue(issuer, spec, KeyAlgorithm.P_256);
    }

    static CertificateSpec deviceSpec() {
        return PKI.deviceSpec("thermostat-0001");
    }

    static CertificateSpec deviceSpec(String subject) {
        var spec = deviceSpec();
        return new CertificateSpec(
                new X500Principal(subject), spec.notBefore(), spec.notAfter(), spec.extensions(), null);
    }

    static CertifiedKey authority(CertifiedKey issuer, CertificateSpec spec) {
        return PKI.issue(issuer, spec, KeyAlgorithm.P_256);
    }

    static CertificateSpec expired(CertificateSpec spec) {
        return spec.withValidity(NOW.minus(Duration.ofDays(30)), NOW.minusSeconds(1));
    }

    static CertificateSpec notYetValid(CertificateSpec spec) {
        return spec.withValidity(NOW.plusSeconds(1), NOW.plus(Duration.ofDays(30)));
    }

    /** What a device sends: the certificates of {@code chain}. */
    static List<X509Certificate> sent(CertifiedKey... chain) {
        return Stream.of(chain).map(CertifiedKey::certificate).toList();
    }

    /** A fresh validator's verdict. */
    static ChainVerdict judge(TrustAnchors anchors, CertifiedKey... chain) {
        return new ChainValidator().judge(new PresentedChain(sent(chain)), anchors, NOW);
    }
}
