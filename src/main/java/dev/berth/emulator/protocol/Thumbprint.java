package dev.berth.emulator.protocol;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** The names that hubs and DPS give a certificate. */
public final class Thumbprint {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Thumbprint() {}

    public static String sha256(X509Certificate certificate) {
        return digest("SHA-256", certificate);
    }

    public static String sha1(X509Certificate certificate) {
        return digest("SHA-1", certificate);
    }

    private static String digest(String algorithm, X509Certificate certificate) {
        try {
            return HEX.formatHex(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " of a certificate that was parsed before", e);
        }
    }
}
