package dev.berth.identity;

import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_CHAIN_INCOMPLETE;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_UNTRUSTED;

import dev.berth.identity.ChainVerdict.Refused;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * Tells a chain with a missing link from a chain of strangers, when it ends below every trust anchor.
 *
 * <p>A certificate names its issuer and no more, so one that was issued by an unknown intermediate of a known anchor and one that was
 * issued by a stranger's CA look alike. Both are refused; which word the device's maker reads is a matter of evidence:
 *
 * <ol>
 *   <li>the issuer was sent, or the topmost certificate is self-signed: the chain is whole, and ends at a stranger: untrusted;
 *   <li>a trust anchor was sent as well, or the missing issuer's name is that of an intermediate that stood in good chains of
 *       late: the link between is missing: incomplete;
 *   <li>the issuer's name shares a distinctive word with the name of a trust anchor, as the CAs of one house do ("Contoso
 *       Root CA", "Contoso Line 3"): probably incomplete. This is all there is to go by before the first good chain;
 *   <li>otherwise untrusted, and the detail says what to send if an intermediate is missing.
 * </ol>
 *
 * <p>A wrong guess costs a misleading word, never access; and nobody learns from it more than that a CA of this name is known.
 */
final class UnknownIssuer {
    private UnknownIssuer() {}

    static Refused refusal(
            X509Certificate top,
            List<X509Certificate> presented,
            TrustAnchors anchors,
            Recent<X500Principal, String> known) {
        var issuer = top.getIssuerX500Principal();
        if (Certificates.isSelfIssued(top)) {
            return new Refused(
                    CERTIFICATE_UNTRUSTED, "the chain ends at " + shown(issuer) + ", which no tenant trusts");
        }
        boolean linkMissing = presented.stream()
                        .anyMatch(
                                sent -> anchors.withKey(KeyThumbprint.of(sent)).isPresent())
                || known.find(issuer).isPresent()
                || anchors.resemble(issuer);
        return linkMissing
                ? new Refused(
                        CERTIFICATE_CHAIN_INCOMPLETE,
                        "the certificate of the issuer " + shown(issuer)
                                + " was not sent; send the device certificate with every intermediate below the trust anchor")
                : new Refused(
                        CERTIFICATE_UNTRUSTED,
                        "no tenant trusts the issuer " + shown(issuer)
                                + "; if it is an intermediate of a trust anchor, the device must send its certificate as well");
    }

    private static String shown(X500Principal name) {
        return "\"" + Certificates.shown(name) + "\"";
    }
}
