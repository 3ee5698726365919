package dev.berth.emulator.enrollment;

import dev.berth.emulator.protocol.Caps;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.DpsError;
import dev.berth.emulator.protocol.EtagCondition;
import dev.berth.emulator.protocol.Etags;
import dev.berth.emulator.protocol.Ticker;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The CAs that were uploaded to one instance, and the proof that their owners hold their keys. A change asks the enrollments
 * under this lock, so what the enrollments ask in turn takes none.
 */
public final class CertificateAuthorities {
    private static final int CODE_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, UploadedAuthority> authorities = new ConcurrentSkipListMap<>();
    private final Caps caps;
    private final Ticker ticker;
    private final Predicate<String> used;

    /**
     * These CAs to begin with.
     *
     * @param used whether an enrollment refers to the CA of that name
     */
    public CertificateAuthorities(
            List<CertificateAuthority> initial, Caps caps, Ticker ticker, Predicate<String> used) {
        this.caps = caps;
        this.ticker = ticker;
        this.used = used;
        initial.forEach(authority -> store(authority, null, null));
    }

    public synchronized List<UploadedAuthority> list() {
        return List.copyOf(authorities.values());
    }

    /** What enrollments may refer to, and what they may not yet; read without a lock, by a register that holds its own. */
    public List<CertificateAuthority> all() {
        return authorities.values().stream().map(UploadedAuthority::authority).toList();
    }

    public synchronized Optional<UploadedAuthority> find(String name) {
        return Optional.ofNullable(authorities.get(key(name)));
    }

    /** Uploads a CA or replaces one; a new one asks for no etag, and one that is in use keeps its certificate. */
    public synchronized Decision<UploadedAuthority> put(
            String name, X509Certificate certificate, boolean verified, EtagCondition condition) {
        if (!DeviceChain.mayIssue(certificate)) {
            return Decision.refused(DpsError.MALFORMED_REQUEST, "The certificate is not that of a CA.");
        }
        var before = authorities.get(key(name));
        if (before == null) {
            return authorities.size() < caps.certificateAuthoritiesMax()
                    ? Decision.done(store(new CertificateAuthority(name, certificate, verified), null, null))
                    : Decision.refused(DpsError.CAP_REACHED, caps.certificateAuthoritiesMax() + " CAs");
        }
        return condition instanceof EtagCondition.None || !condition.holdsFor(before.etag())
                ? Decision.refused(DpsError.PRECONDITION_FAILED, "")
                : replaced(before, certificate, verified);
    }

    /** Takes in a CA with the etag, times and code that it had elsewhere. */
    public synchronized Decision<UploadedAuthority> restore(UploadedAuthority uploaded) {
        var decision = put(
                uploaded.authority().name(),
                uploaded.authority().certificate(),
                uploaded.authority().verified(),
                new EtagCondition.None());
        if (decision instanceof Decision.Done<UploadedAuthority>) {
            authorities.put(key(uploaded.authority().name()), uploaded);
        }
        return decision;
    }

    private Decision<UploadedAuthority> replaced(
            UploadedAuthority before, X509Certificate certificate, boolean verified) {
        boolean same = before.authority().certificate().equals(certificate);
        var name = before.authority().name();
        if (!same && used.test(name)) {
            return Decision.refused(DpsError.CONFLICT, "an enrollment refers to this CA");
        }
        boolean proven = verified || (same && before.authority().verified());
        return Decision.done(store(new CertificateAuthority(name, certificate, proven), before, null));
    }

    public synchronized Decision<UploadedAuthority> remove(String name, EtagCondition condition) {
        return when(name, condition, before -> {
            if (used.test(name)) {
                return Decision.refused(DpsError.CONFLICT, "an enrollment refers to this CA");
            }
            authorities.remove(key(name));
            return Decision.done(before);
        });
    }

    /** Makes a code that takes the place of any before it. */
    public synchronized Decision<UploadedAuthority> generateCode(String name, EtagCondition condition) {
        var bytes = new byte[CODE_BYTES];
        RANDOM.nextBytes(bytes);
        var code = HexFormat.of().withUpperCase().formatHex(bytes);
        return when(name, condition, before -> Decision.done(store(before.authority(), before, code)));
    }

    /** Takes a certificate that the CA has signed and that is named by its code as proof that its key is at hand. */
    public synchronized Decision<UploadedAuthority> verify(
            String name, X509Certificate proof, EtagCondition condition) {
        return when(name, condition, before -> {
            var flaw = flaw(before, proof);
            var authority = before.authority();
            return flaw.isPresent()
                    ? Decision.refused(DpsError.MALFORMED_REQUEST, flaw.get())
                    : Decision.done(store(
                            new CertificateAuthority(authority.name(), authority.certificate(), true), before, null));
        });
    }

    private Optional<String> flaw(UploadedAuthority uploaded, X509Certificate proof) {
        var code = uploaded.verificationCode();
        if (code == null) {
            return Optional.of("No verification code has been generated.");
        }
        if (!DeviceChain.signed(uploaded.authority().certificate(), proof)) {
            return Optional.of("The verification certificate is not signed by this CA.");
        }
        if (!DeviceChain.of(List.of(proof)).commonName().filter(code::equals).isPresent()) {
            return Optional.of("The verification certificate's common name is not the verification code.");
        }
        return DeviceChain.valid(proof, ticker.now())
                ? Optional.empty()
                : Optional.of("The verification certificate has expired or is not valid yet.");
    }

    private interface Step {
        Decision<UploadedAuthority> from(UploadedAuthority before);
    }

    private Decision<UploadedAuthority> when(String name, EtagCondition condition, Step step) {
        var before = authorities.get(key(name));
        if (before == null) {
            return Decision.refused(DpsError.NOT_FOUND, "");
        }
        return condition.holdsFor(before.etag())
                ? step.from(before)
                : Decision.refused(DpsError.PRECONDITION_FAILED, "");
    }

    private UploadedAuthority store(
            CertificateAuthority authority, @Nullable UploadedAuthority before, @Nullable String code) {
        var now = ticker.now();
        var created = before == null ? now : before.createdAt();
        var next = new UploadedAuthority(authority, Etags.random(), created, now, code);
        authorities.put(key(authority.name()), next);
        return next;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
