package dev.berth.cli;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.PemFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Where the files of a certificate are, and how its key is made. */
final class PkiOutput {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:-][A-Za-z0-9._:-]{0,127}");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            paramLabel = "NAME",
            description = "what the files are called; of an operator also the subject, of a device its registration ID")
    private String name;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "where the files are (default: here)")
    private Path directory;

    @Option(names = "--force", description = "replaces files that exist")
    private boolean force;

    @Option(
            names = "--algorithm",
            paramLabel = "ALGORITHM",
            defaultValue = "p-256",
            converter = AlgorithmName.class,
            description = "rsa-2048, rsa-3072, p-256, p-384 or ed25519 (default: p-256)")
    private KeyAlgorithm algorithm;

    String name() {
        return name;
    }

    KeyAlgorithm algorithm() {
        return algorithm;
    }

    CertifiedKey read(String name) throws IOException {
        return PemFiles.read(file(name, ".crt"), file(name, ".key"));
    }

    /** Writes the key first: a certificate without its key is of no use. */
    int write(CertifiedKey made) throws IOException {
        requireAbsent(file(name, ".key"));
        requireAbsent(file(name, ".crt"));
        PemFiles.writeKey(file(name, ".key"), made.key(), existing());
        PemFiles.writeCertificates(file(name, ".crt"), List.of(made.certificate()), existing());
        command.commandLine().getOut().println(file(name, ".crt") + "\n" + file(name, ".key"));
        return 0;
    }

    int write(X509Certificate certificate) throws IOException {
        PemFiles.writeCertificates(file(name, ".crt"), List.of(certificate), existing());
        command.commandLine().getOut().println(file(name, ".crt"));
        return 0;
    }

    Path file(String name, String ending) {
        if (!PLAIN.matcher(name).matches()) {
            throw new ParameterException(
                    command.commandLine(), "not a file name of letters, digits and . _ : -: " + name);
        }
        return directory.resolve(name + ending);
    }

    private void requireAbsent(Path file) throws FileAlreadyExistsException {
        if (!force && Files.exists(file)) {
            throw new FileAlreadyExistsException(file + " exists; --force replaces it");
        }
    }

    private PemFiles.Existing existing() {
        return force ? PemFiles.Existing.REPLACE : PemFiles.Existing.KEEP;
    }

    /** Reads {@code p-256} and its like. */
    private static final class AlgorithmName implements ITypeConverter<KeyAlgorithm> {
        @Override
        public KeyAlgorithm convert(String text) {
            for (var algorithm : KeyAlgorithm.values()) {
                if (algorithm.toString().equals(text.toLowerCase(Locale.ROOT))) {
                    return algorithm;
                }
            }
            throw new TypeConversionException("no such algorithm: " + text);
        }
    }
}
