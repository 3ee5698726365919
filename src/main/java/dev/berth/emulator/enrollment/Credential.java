package dev.berth.emulator.enrollment;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/** What a device has proven itself with, which is what its hub would ask of it. Small: every record holds one. */
public sealed interface Credential {
    /** The SHA-256 of a certificate, in four parts. */
    record Certificate(long first, long second, long third, long fourth) implements Credential {
        public static Certificate of(X509Certificate certificate) {
            try {
                var hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
                return new Certificate(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("SHA-256 of a certificate that was parsed before", e);
            }
        }

        /** Of what {@link #thumbprint} says; nothing for any other text. */
        public static Optional<Certificate> ofThumbprint(String thumbprint) {
            if (!thumbprint.matches("[0-9A-Fa-f]{64}")) {
                return Optional.empty();
            }
            return Optional.of(new Certificate(
                    part(thumbprint, 0), part(thumbprint, 1), part(thumbprint, 2), part(thumbprint, 3)));
        }

        private static long part(String thumbprint, int index) {
            return HexFormat.fromHexDigitsToLong(thumbprint, 16 * index, 16 * (index + 1));
        }

        /** As {@code Thumbprint} writes it. */
        public String thumbprint() {
            var hex = HexFormat.of().withUpperCase();
            return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
        }
    }

    /** A key that device and service share. */
    enum Key implements Credential {
        SYMMETRIC
    }

    /**
     * A key that only the device's TPM can use.
     *
     * @param authenticationKey what the TPM imports to get it, in base64
     */
    record Tpm(String authenticationKey) implements Credential {}
}
