package dev.berth.emulator.protocol;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** The name a hub gives a certificate. */
public final class Thumbprint {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Thumbprint() {}

    public static String sha256(X509Certificate certificate) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 of a certificate that was parsed before", e);
        }
    }
}
