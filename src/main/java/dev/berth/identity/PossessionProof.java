package dev.berth.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * How a tenant proves that it holds an anchor's key: it gets a code, and signs a certificate with that code as common name.
 *
 * <p>The code is 256 random bits, good for one success within {@link #VALID_FOR}; 64 hex digits, the most that a common name
 * holds. Only a hash stays here, over tenant, anchor and key as well, so that a code proves nothing about another anchor.
 */
public final class PossessionProof {
    public static final Duration VALID_FOR = Duration.ofHours(24);
    private static final int CODE_BYTES = 32;

    private PossessionProof() {}

    /** A fresh code, shown once, and the anchor that waits for it. */
    public record Challenge(String code, Instant expiresAt, TrustAnchor anchor) {
        @Override
        public String toString() {
            return "Challenge[" + anchor + "]";
        }
    }

    /** The judgement of a proof. */
    public sealed interface Outcome {
        /** The key is proven; store {@code anchor} in place of the one that was challenged, so that its code is used up. */
        record Proven(TrustAnchor anchor) implements Outcome {}

        /** {@code detail} says what the proof lacks. */
        record NotProven(String detail) implements Outcome {}
    }

    /** Challenges the anchor; an earlier code is void. {@code random} must be a secure one. */
    public static Challenge challenge(TrustAnchor anchor, RandomGenerator random, Instant now) {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = HexFormat.of().formatHex(bytes);
        Instant expiresAt = now.plus(VALID_FOR);
        return new Challenge(code, expiresAt, anchor.with(new Possession.Challenged(hash(anchor, code), expiresAt)));
    }

    public static Outcome judge(TrustAnchor anchor, X509Certificate proof, Instant now) {
        return switch (anchor.possession()) {
            case Possession.Unproven() -> new Outcome.NotProven("no verification code has been asked for");
            case Possession.Proven(var at) ->
                new Outcome.NotProven("the anchor is verified already, and its code used up");
            case Possession.Challenged challenged -> judge(anchor, challenged, proof, now);
        };
    }

    private static Outcome judge(
            TrustAnchor anchor, Possession.Challenged challenged, X509Certificate proof, Instant now) {
        if (!now.isBefore(challenged.expiresAt())) {
            return new Outcome.NotProven("the verification code has expired");
        }
        if (!KeyStrength.weakness(proof).isEmpty()
                || !Certificates.signedBy(proof, anchor.certificate().getPublicKey())) {
            return new Outcome.NotProven("the certificate is not signed by the anchor's key with a strong algorithm");
        }
        var names = Certificates.commonNames(proof);
        if (names.size() != 1 || !matches(challenged.codeHash(), hash(anchor, names.getFirst()))) {
            return new Outcome.NotProven("the certificate's common name is not the verification code");
        }
        return new Outcome.Proven(anchor.with(new Possession.Proven(now)));
    }

    private static boolean matches(String expected, String actual) {
        return MessageDigest.isEqual(expected.getBytes(US_ASCII), actual.getBytes(US_ASCII));
    }

    private static String hash(TrustAnchor anchor, String code) {
        return Certificates.sha256(
                String.join("\n", anchor.toString(), anchor.key().value(), code).getBytes(UTF_8));
    }
}
