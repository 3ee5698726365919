package dev.berth.cli;

import dev.berth.pki.CertifiedKey;
import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.OperatorRole;
import dev.berth.pki.PemFiles;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code berth pki}: keys and certificates for factories, operators, servers and tests. */
@Command(
        name = "pki",
        description = "Makes keys and certificates.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PkiCommand.Root.class,
            PkiCommand.Intermediate.class,
            PkiCommand.Server.class,
            PkiCommand.Operator.class,
            PkiCommand.Device.class,
            PkiCommand.Proof.class
        },
        footer = {
            "",
            "Certificate and key go to NAME.crt and NAME.key of the directory; keys are unencrypted PKCS#8, readable by",
            "their owner only. Files that exist are kept unless --force is given.",
            "",
            "Examples:",
            "  berth pki root factory --common-name \"Contoso Factory Root\"",
            "  berth pki intermediate line-3 --issuer factory",
            "  berth pki device thermostat-0001 --issuer line-3",
            "  berth pki operator alice --issuer operators --role contoso:admin"
        })
final class PkiCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "a command is missing");
    }

    /** Where the files of a certificate are, and how its key is made. */
    static final class Output {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:-][A-Za-z0-9._:-]{0,127}");

        @Spec(Spec.Target.MIXEE)
        private CommandSpec command;

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

        CertifiedKey issuer(String name) throws IOException {
            return PemFiles.read(file(name, ".crt"), file(name, ".key"));
        }

        /** Writes the key first: a certificate without its key is of no use. */
        int write(String name, CertifiedKey made) throws IOException {
            requireAbsent(file(name, ".key"));
            requireAbsent(file(name, ".crt"));
            PemFiles.writeKey(file(name, ".key"), made.key(), existing());
            PemFiles.writeCertificates(file(name, ".crt"), List.of(made.certificate()), existing());
            command.commandLine().getOut().println(file(name, ".crt") + "\n" + file(name, ".key"));
            return 0;
        }

        int writeCertificate(String name, X509Certificate certificate) throws IOException {
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
    }

    /** {@code berth pki root}. */
    @Command(
            name = "root",
            description = "Makes a self-signed certificate authority.",
            footer = {
                "",
                "Example:",
                "  berth pki root factory --common-name \"Contoso Factory Root\" --algorithm p-384"
            })
    static final class Root implements Callable<Integer> {
        @Mixin
        private Output output;

        @Parameters(paramLabel = "NAME", description = "what the files are called")
        private String name;

        @Option(names = "--common-name", paramLabel = "CN", description = "the subject's common name (default: NAME)")
        private @Nullable String commonName;

        @Override
        public Integer call() throws IOException {
            return output.write(name, new Pki().root(commonName == null ? name : commonName, output.algorithm));
        }
    }

    /** {@code berth pki intermediate}. */
    @Command(
            name = "intermediate",
            description = "Makes a certificate authority under another.",
            footer = {
                "",
                "Example:",
                "  berth pki intermediate line-3 --issuer factory --common-name \"Contoso Line 3\""
            })
    static final class Intermediate implements Callable<Integer> {
        @Mixin
        private Output output;

        @Parameters(paramLabel = "NAME", description = "what the files are called")
        private String name;

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "NAME",
                description = "the CA that signs, by its file name")
        private String issuer;

        @Option(names = "--common-name", paramLabel = "CN", description = "the subject's common name (default: NAME)")
        private @Nullable String commonName;

        @Override
        public Integer call() throws IOException {
            var made = new Pki()
                    .intermediate(output.issuer(issuer), commonName == null ? name : commonName, output.algorithm);
            return output.write(name, made);
        }
    }

    /** {@code berth pki server}. */
    @Command(
            name = "server",
            description = "Makes the certificate of a server.",
            footer = {
                "",
                "Example:",
                "  berth pki server berth --issuer servers --host berth.contoso.example --host 10.0.0.7"
            })
    static final class Server implements Callable<Integer> {
        @Mixin
        private Output output;

        @Parameters(paramLabel = "NAME", description = "what the files are called")
        private String name;

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "NAME",
                description = "the CA that signs, by its file name")
        private String issuer;

        @Option(
                names = "--host",
                required = true,
                paramLabel = "HOST",
                description = "a DNS name or IP address it serves under; may be repeated")
        private List<String> hosts;

        @Override
        public Integer call() throws IOException {
            return output.write(name, new Pki().server(output.issuer(issuer), hosts, output.algorithm));
        }
    }

    /** {@code berth pki operator}. */
    @Command(
            name = "operator",
            description = "Makes the certificate of a person or program that administers Berth.",
            footer = {
                "",
                "Examples:",
                "  berth pki operator root --issuer operators --role platform-admin",
                "  berth pki operator alice --issuer operators --role contoso:admin --role fabrikam:reader"
            })
    static final class Operator implements Callable<Integer> {
        @Mixin
        private Output output;

        @Parameters(paramLabel = "NAME", description = "what the files and the subject are called")
        private String name;

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "NAME",
                description = "the operator CA, by its file name")
        private String issuer;

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                converter = RoleName.class,
                description = "platform-admin, or TENANT:ROLE with admin, operator, manufacturer, installer or reader;"
                        + " may be repeated")
        private List<OperatorRole> roles;

        @Override
        public Integer call() throws IOException {
            return output.write(name, new Pki().operator(output.issuer(issuer), name, roles, output.algorithm));
        }
    }

    /** {@code berth pki device}. */
    @Command(
            name = "device",
            description = "Makes the certificate of a device; its registration ID is the common name.",
            footer = {"", "Example:", "  berth pki device thermostat-0001 --issuer line-3 --dir /run/factory"})
    static final class Device implements Callable<Integer> {
        @Mixin
        private Output output;

        @Parameters(paramLabel = "REGISTRATION_ID", description = "the device's name; also what the files are called")
        private String registrationId;

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "NAME",
                description = "the CA that signs, by its file name")
        private String issuer;

        @Override
        public Integer call() throws IOException {
            var made = new Pki().device(output.issuer(issuer), registrationId, output.algorithm);
            return output.write(registrationId, made);
        }
    }

    /** {@code berth pki proof}. */
    @Command(
            name = "proof",
            description = "Signs a verification code with a CA's key, to prove that its key is yours.",
            footer = {"", "Example:", "  berth pki proof factory-proof --issuer factory --code 9f86d081..."})
    static final class Proof implements Callable<Integer> {
        @Mixin
        private Output output;

        @Parameters(paramLabel = "NAME", description = "what the file is called")
        private String name;

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "NAME",
                description = "the CA to prove, by its file name")
        private String issuer;

        @Option(
                names = "--code",
                required = true,
                paramLabel = "CODE",
                description = "the code that Berth gave for the trust anchor")
        private String code;

        @Override
        public Integer call() throws IOException {
            return output.writeCertificate(name, new Pki().proof(output.issuer(issuer), code));
        }
    }

    /** Reads {@code p-256} and its like. */
    static final class AlgorithmName implements ITypeConverter<KeyAlgorithm> {
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

    /** Reads {@code contoso:admin} and its like. */
    static final class RoleName implements ITypeConverter<OperatorRole> {
        @Override
        public OperatorRole convert(String text) {
            return OperatorRole.parse(text).orElseThrow(() -> new TypeConversionException("no such role: " + text));
        }
    }
}
