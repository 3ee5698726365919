package dev.berth.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Certificates and keys in files, as {@code berth pki} writes them: NAME.crt (or NAME.pem) beside NAME.key, keys unencrypted PKCS#8. */
record CertificateFolder(Path folder) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA");
    private static final String KEY_ENDING = ".key";

    /** The first {@code max} devices, by name. Certificate authorities are none. */
    List<Device> devices(int max) throws IOException {
        try (var files = Files.list(folder)) {
            var names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(KEY_ENDING))
                    .map(file -> file.substring(0, file.length() - KEY_ENDING.length()))
                    .sorted()
                    .toList();
            return names.stream()
                    .map(this::read)
                    .filter(device -> device.chain().getFirst().getBasicConstraints() < 0)
                    .limit(max)
                    .toList();
        } catch (Unreadable unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
    }

    /** All certificates of a file, at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (certificates.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return certificates.stream().map(X509Certificate.class::cast).toList();
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no readable certificate", e);
        }
    }

    private Device read(String name) {
        try {
            Path certificate = folder.resolve(name + ".crt");
            return new Device(
                    name,
                    key(folder.resolve(name + KEY_ENDING)),
                    certificates(Files.exists(certificate) ? certificate : folder.resolve(name + ".pem")));
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        var block = KEY.matcher(Files.readString(file, US_ASCII));
        if (!block.find()) {
            throw new IOException(file + " holds no unencrypted PKCS#8 key (-----BEGIN PRIVATE KEY-----)");
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(encoded);
            } catch (GeneralSecurityException e) {
                // Another kind; the last one tried is answered below.
            }
        }
        throw new IOException(file + " holds a key of none of the kinds " + KEY_KINDS);
    }

    /** An {@link IOException} on its way out of a stream. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(IOException cause) {
            super(
                    cause instanceof NoSuchFileException ? cause.getMessage() + " is missing" : cause.getMessage(),
                    cause);
        }
    }
}
