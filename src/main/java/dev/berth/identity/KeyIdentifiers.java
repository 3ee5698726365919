package dev.berth.identity;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hints by which a certificate and its issuer's are matched; hints only, since anybody can write them. */
final class KeyIdentifiers {
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int KEY_IDENTIFIER = 0x80;

    private KeyIdentifiers() {}

    /** Whether both certificates name the issuer's key, and differ. */
    static boolean contradict(X509Certificate certificate, X509Certificate issuer) {
        var wanted = ofIssuer(certificate);
        var offered = ofSubject(issuer);
        return wanted.isPresent() && offered.isPresent() && !Arrays.equals(wanted.get(), offered.get());
    }

    private static Optional<byte[]> ofSubject(X509Certificate certificate) {
        return value(certificate, SUBJECT_KEY_IDENTIFIER).flatMap(der -> content(der, OCTET_STRING));
    }

    private static Optional<byte[]> ofIssuer(X509Certificate certificate) {
        return value(certificate, AUTHORITY_KEY_IDENTIFIER)
                .flatMap(der -> content(der, SEQUENCE))
                .flatMap(der -> content(der, KEY_IDENTIFIER));
    }

    /** The DER of an extension, out of the OCTET STRING that every extension is wrapped in. */
    static Optional<byte[]> value(X509Certificate certificate, String oid) {
        byte @Nullable [] wrapped = certificate.getExtensionValue(oid);
        return wrapped == null ? Optional.empty() : content(wrapped, OCTET_STRING);
    }

    /** What the first element of {@code der} holds, if it has this tag; empty also for what is no DER. */
    private static Optional<byte[]> content(byte[] der, int tag) {
        if (der.length < 2 || (der[0] & 0xff) != tag) {
            return Optional.empty();
        }
        int first = der[1] & 0xff;
        int lengthBytes = first < 0x80 ? 0 : first & 0x7f;
        if (lengthBytes > 3 || der.length < 2 + lengthBytes) {
            return Optional.empty();
        }
        int length = first < 0x80 ? first : 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = (length << 8) | (der[2 + i] & 0xff);
        }
        int from = 2 + lengthBytes;
        return from + length <= der.length
                ? Optional.of(Arrays.copyOfRange(der, from, from + length))
                : Optional.empty();
    }
}
