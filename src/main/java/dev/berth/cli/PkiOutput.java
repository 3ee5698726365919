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
            description = "rsa-2048, rsa-3072, rsa-4096, p-256, p-384 or ed25519 (default: p-256)")
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
        write(name, made);
        command.commandLine().getOut().println(file(name, ".crt") + "\n" + file(name, ".key"));
        return 0;
    }

    /** The n-th of {@code made} under the n-th of {@code names}. */
    int write(List<String> names, List<CertifiedKey> made) throws IOException {
        for (var n = 0; n < names.size(); n++) {
            write(names.get(n), made.get(n));
        }
        command.commandLine()
                .getOut()
                .println(file(names.getFirst(), ".crt") + " to " + file(names.getLast(), ".crt") + ", and their keys");
        return 0;
    }

    private void write(String each, CertifiedKey made) throws IOException {
        requireAbsent(file(each, ".key"));
        requireAbsent(file(each, ".crt"));
        PemFiles.writeKey(file(each, ".key"), made.key(), existing());
        PemFiles.writeCertificates(file(each, ".crt"), List.of(made.certificate()), existing());
    }

    int write(X509Certificate certificate) throws IOException {
        PemFiles.writeCertificates(file(name, ".crt"), List.of(certificate), existing());
        command.commandLine().getOut().println(file(name, ".crt"));
        return 0;
    }

    Path file(String name, String ending) {
        require(PLAIN.matcher(name).matches(), "not a file name of letters, digits and . _ : -: " + name);
        return directory.resolve(name + ending);
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
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
