package dev.berth.identity;

import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_CHAIN_INVALID;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_CHAIN_TOO_LONG;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_MISSING;
import static dev.berth.identity.ChainVerdict.Reason.CERTIFICATE_UNTRUSTED;
import static dev.berth.identity.ChainVerdict.Reason.REGISTRATION_ID_INVALID;

import dev.berth.identity.ChainVerdict.Refused;
import dev.berth.identity.ChainVerdict.Trusted;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * Judges the certificates that a device presented in its handshake, which has proved that it holds the first one's key.
 *
 * <p>The rest are an unordered bag with strangers in it. The nearest trust anchor decides the origin. The chain is judged before
 * the name in it. A chain that was found good is remembered for {@link #REMEMBERED_FOR} under the thumbprints of what was presented, the epoch of the anchors,
 * and the time in which all its certificates are valid; a refusal never is.
 */
public final class ChainValidator {
    /** How many certificates a device may present. */
    public static final int CERTIFICATES_MAX = 10;
    /** How many certificates there may be from the device's up to, and without, the anchor's. */
    public static final int PATH_LENGTH_MAX = 6;
    /** How many ways through a bag are checked. */
    static final int PATHS_MAX = 8;

    static final int CHAINS_REMEMBERED_MAX = 50_000;
    static final int INTERMEDIATES_REMEMBERED_MAX = 4_096;
    public static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    private final Recent<List<String>, GoodChain> chains = new Recent<>(CHAINS_REMEMBERED_MAX);
    /** Interned, because the JDK's certificates remember that their signature was verified. */
    private final Recent<String, X509Certificate> intermediates = new Recent<>(INTERMEDIATES_REMEMBERED_MAX);

    private final Recent<X500Principal, String> intermediateNames = new Recent<>(INTERMEDIATES_REMEMBERED_MAX);

    /** A chain that was good at {@code since}, and is by its certificates from {@code notBefore} to {@code notAfter}. */
    private record GoodChain(DeviceIdentity device, String epoch, Instant notBefore, Instant notAfter, Instant since) {
        boolean holds(TrustAnchors anchors, Instant now) {
            return epoch.equals(anchors.epoch())
                    && !now.isBefore(notBefore)
                    && !now.isAfter(notAfter)
                    && now.isBefore(since.plus(REMEMBERED_FOR));
        }
    }

    /** Judges {@code presented}, the device's own certificate first, against the anchors at {@code now}. */
    public ChainVerdict judge(PresentedChain presented, TrustAnchors anchors, Instant now) {
        int length = presented.certificates().size();
        if (length == 0) {
            return new Refused(CERTIFICATE_MISSING, "the device presented no client certificate in the TLS handshake");
        }
        if (length > CERTIFICATES_MAX) {
            return new Refused(CERTIFICATE_CHAIN_TOO_LONG, "a device may send " + CERTIFICATES_MAX + " certificates");
        }
        try {
            var good = chains.find(presented.thumbprints()).filter(chain -> chain.holds(anchors, now));
            return good.isPresent() ? new Trusted(good.get().device()) : judgeAnew(presented, anchors, now);
        } catch (CertificateException | RuntimeException e) {
            return new Refused(CERTIFICATE_CHAIN_INVALID, "a certificate that was sent cannot be read");
        }
    }

    private ChainVerdict judgeAnew(PresentedChain presented, TrustAnchors anchors, Instant now)
            throws CertificateException {
        var certificates = interned(presented);
        var found = ChainSearch.search(certificates, anchors);
        var refusals = new ArrayList<Refused>();
        for (var path : found.paths().stream().limit(PATHS_MAX).toList()) {
            var refusal = PathCheck.refusal(path, certificates, now);
            if (refusal.isEmpty()) {
                return named(path, presented.thumbprints(), anchors, now);
            }
            refusals.add(refusal.get());
        }
        return refusals.stream()
                .min(Comparator.comparingInt(ChainValidator::vagueness))
                .orElseGet(() -> pathless(found, certificates, anchors));
    }

    private List<X509Certificate> interned(PresentedChain presented) throws CertificateException {
        var certificates = presented.certificates();
        var result = new ArrayList<X509Certificate>(certificates.size());
        for (int i = 0; i < certificates.size(); i++) {
            var known = intermediates.find(presented.thumbprints().get(i));
            result.add(
                    known.isPresent()
                            ? known.get()
                            : Certificates.parse(certificates.get(i).getEncoded()));
        }
        return result;
    }

    /** Of several ways that fail, the device's maker is told of the one that came nearest. */
    private static int vagueness(Refused refused) {
        return switch (refused.reason()) {
            case CERTIFICATE_UNTRUSTED -> 2;
            case CERTIFICATE_CHAIN_INVALID -> 1;
            default -> 0;
        };
    }

    private Refused pathless(ChainSearch.Found found, List<X509Certificate> certificates, TrustAnchors anchors) {
        if (found.tooLong()) {
            return new Refused(
                    CERTIFICATE_CHAIN_TOO_LONG,
                    "a chain may have " + PATH_LENGTH_MAX + " certificates below its trust anchor");
        }
        return found.tops().stream()
                .map(top -> UnknownIssuer.refusal(top, certificates, anchors, intermediateNames))
                .min(Comparator.comparingInt(ChainValidator::vagueness))
                .orElseGet(() -> new Refused(CERTIFICATE_UNTRUSTED, "the chain leads to no trust anchor"));
    }

    private ChainVerdict named(ChainPath path, List<String> thumbprints, TrustAnchors anchors, Instant now) {
        path.intermediates().forEach(this::remember);
        var names = Certificates.commonNames(path.leaf());
        if (names.size() != 1) {
            return new Refused(
                    REGISTRATION_ID_INVALID,
                    "the certificate has " + names.size() + " common names; it needs one, the registration ID");
        }
        var registrationId = RegistrationId.parse(names.getFirst());
        if (registrationId.isEmpty()) {
            return new Refused(
                    REGISTRATION_ID_INVALID,
                    "the certificate's common name is no registration ID: 1 to " + RegistrationId.LENGTH_MAX
                            + " of A-Z, a-z, 0-9 and - . _ : with a letter, a digit or - at the end");
        }
        var anchor = path.anchor();
        var device = new DeviceIdentity(anchor.tenant(), anchor.name(), registrationId.get(), thumbprints.getFirst());
        chains.put(thumbprints, good(path, device, anchors, now));
        return new Trusted(device);
    }

    private void remember(X509Certificate intermediate) {
        intermediates.put(Certificates.thumbprint(intermediate), intermediate);
        intermediateNames.put(intermediate.getSubjectX500Principal(), "");
    }

    private static GoodChain good(ChainPath path, DeviceIdentity device, TrustAnchors anchors, Instant now) {
        var all = Stream.concat(
                        path.certificates().stream(), Stream.of(path.anchor().certificate()))
                .toList();
        return new GoodChain(
                device,
                anchors.epoch(),
                all.stream()
                        .map(c -> c.getNotBefore().toInstant())
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                all.stream()
                        .map(c -> c.getNotAfter().toInstant())
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                now);
    }
}
