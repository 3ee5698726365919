package dev.berth.identity;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which keys and signatures are strong enough, and not so large that checking them is an attack. */
final class KeyStrength {
    static final int RSA_BITS_MIN = 2048;
    static final int RSA_BITS_MAX = 8192;
    private static final Set<Integer> EC_BITS = Set.of(256, 384);
    private static final Set<String> SIGNATURES = Set.of(
            "SHA256WITHRSA",
            "SHA384WITHRSA",
            "SHA512WITHRSA",
            "SHA256WITHECDSA",
            "SHA384WITHECDSA",
            "SHA512WITHECDSA",
            "ED25519",
            "EDDSA");
    private static final Set<String> PSS_DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512");

    private KeyStrength() {}

    /** What is wrong with the certificate's key or signature algorithm, or empty. */
    static Optional<String> weakness(X509Certificate certificate) {
        if (!strong(certificate.getPublicKey())) {
            return Optional.of("its key is none of RSA with " + RSA_BITS_MIN + " to " + RSA_BITS_MAX
                    + " bits, P-256, P-384 and Ed25519");
        }
        if (!strongSignature(certificate)) {
            return Optional.of("it is signed with " + certificate.getSigAlgName() + ", which is too weak or not known");
        }
        return Optional.empty();
    }

    private static boolean strongSignature(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return algorithm.equals("RSASSA-PSS") ? strongPss(certificate) : SIGNATURES.contains(algorithm);
    }

    /** The digest of RSASSA-PSS is a parameter, and SHA-1 if it is not given. */
    private static boolean strongPss(X509Certificate certificate) {
        try {
            var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return PSS_DIGESTS.contains(
                    parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return false;
        }
    }

    private static boolean strong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> within(rsa.getModulus().bitLength());
            case ECPublicKey ec -> EC_BITS.contains(ec.getParams().getOrder().bitLength());
            case EdECPublicKey ed -> ed.getParams().getName().equalsIgnoreCase("Ed25519");
            default -> false;
        };
    }

    private static boolean within(int bits) {
        return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX;
    }
}
