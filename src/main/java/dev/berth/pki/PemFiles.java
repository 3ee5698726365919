package dev.berth.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Certificates and keys in files, as every tool reads them: PEM, keys in PKCS#8 without encryption. A file appears whole or not
 * at all; keys are for their owner's eyes only from the first byte on.
 */
public final class PemFiles {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(?<body>[A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("EC", "RSA", "Ed25519");
    private static final int FILE_BYTES_MAX = 1 << 20;

    private PemFiles() {}

    /** What to do with a file that is there already. */
    public enum Existing {
        KEEP,
        REPLACE
    }

    public static void writeCertificates(Path file, List<X509Certificate> certificates, Existing existing)
            throws IOException {
        write(file, certificates.stream().map(PemFiles::pem).collect(Collectors.joining()), "rw-r--r--", existing);
    }

    public static void writeKey(Path file, PrivateKey key, Existing existing) throws IOException {
        write(file, block("PRIVATE KEY", key.getEncoded()), "rw-------", existing);
    }

    /** All certificates of the file, in their order; at least one. */
    public static List<X509Certificate> readCertificates(Path file) throws IOException {
        try {
            var certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(read(file)));
            if (certificates.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return certificates.stream().map(X509Certificate.class::cast).toList();
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no readable certificate", e);
        }
    }

    public static PrivateKey readKey(Path file) throws IOException {
        var block = KEY.matcher(new String(read(file), US_ASCII));
        if (!block.find()) {
            throw new IOException(file + " holds no unencrypted PKCS#8 key (-----BEGIN PRIVATE KEY-----)");
        }
        byte[] der = decoded(file, block.group("body"));
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // Another kind; the last one tried is answered below.
            }
        }
        throw new IOException(file + " holds a key of none of the kinds " + KEY_KINDS);
    }

    /** A key and its certificate, the first one of its file. */
    public static CertifiedKey read(Path certificateFile, Path keyFile) throws IOException {
        return new CertifiedKey(readCertificates(certificateFile).getFirst(), readKey(keyFile));
    }

    public static String pem(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate cannot be encoded", e);
        }
    }

    private static String block(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static byte[] decoded(Path file, String body) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not PEM", e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException(file + " is larger than " + FILE_BYTES_MAX + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static void write(Path file, String text, String permissions, Existing existing) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        var temporary = Files.createTempFile(directory, "." + file.getFileName(), ".tmp", mode(permissions));
        try {
            Files.writeString(temporary, text, US_ASCII);
            if (existing == Existing.REPLACE) {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.createLink(file, temporary);
            }
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(file.toString(), null, "it exists and is kept");
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
