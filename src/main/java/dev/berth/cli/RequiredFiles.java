package dev.berth.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.berth.pki.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The five files the service cannot do without. They are looked at before it starts, so that all that is wrong is said at once. */
final class RequiredFiles {
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final Map<String, Check> FILES = new TreeMap<>(Map.of(
            "berth.device.certificate-file", PemFiles::readCertificates,
            "berth.device.key-file", RequiredFiles::requireKey,
            "berth.admin.certificate-file", PemFiles::readCertificates,
            "berth.admin.key-file", RequiredFiles::requireKey,
            "berth.admin.operator-ca-file", PemFiles::readCertificates));

    private RequiredFiles() {}

    /** One line for each setting that is missing, or names a file that cannot be used. */
    static List<String> faults(Function<String, Optional<String>> setting) {
        return FILES.entrySet().stream()
                .flatMap(file ->
                        fault(setting.apply(file.getKey()), file.getValue()).map(fault -> file.getKey() + " " + fault))
                .toList();
    }

    private static Stream<String> fault(Optional<String> setting, Check check) {
        if (setting.isEmpty()) {
            return Stream.of("is not set");
        }
        try {
            var file = Path.of(setting.get());
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                return Stream.of("names no readable file: " + file);
            }
            check.read(file);
            return Stream.of();
        } catch (IOException | InvalidPathException e) {
            return Stream.of("cannot be used: " + e.getMessage());
        }
    }

    /** Which kinds of keys there are, whoever loads it knows better. */
    private static void requireKey(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException(file + " is too large for a key");
        }
        var pem = Files.readString(file, ISO_8859_1);
        if (!pem.contains("PRIVATE KEY-----") || pem.contains("ENCRYPTED")) {
            throw new IOException(file + " holds no unencrypted private key in PEM");
        }
    }

    /** Reads a file, or says what is wrong with it. */
    private interface Check {
        void read(Path file) throws IOException;
    }
}
