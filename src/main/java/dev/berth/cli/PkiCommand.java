package dev.berth.cli;

import dev.berth.pki.OperatorRole;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
            PkiCommand.Devices.class,
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
        private PkiOutput output;

        @Option(names = "--common-name", paramLabel = "CN", description = "the subject's common name (default: NAME)")
        private @Nullable String commonName;

        @Override
        public Integer call() throws IOException {
            return output.write(new Pki().root(commonName == null ? output.name() : commonName, output.algorithm()));
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
        private PkiOutput output;

        @Mixin
        private PkiIssuer issuer;

        @Option(names = "--common-name", paramLabel = "CN", description = "the subject's common name (default: NAME)")
        private @Nullable String commonName;

        @Override
        public Integer call() throws IOException {
            var made = new Pki()
                    .intermediate(
                            output.read(issuer.name()),
                            commonName == null ? output.name() : commonName,
                            output.algorithm());
            return output.write(made);
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
        private PkiOutput output;

        @Mixin
        private PkiIssuer issuer;

        @Option(
                names = "--host",
                required = true,
                paramLabel = "HOST",
                description = "a DNS name or IP address it serves under; may be repeated")
        private List<String> hosts;

        @Override
        public Integer call() throws IOException {
            return output.write(new Pki().server(output.read(issuer.name()), hosts, output.algorithm()));
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
        private PkiOutput output;

        @Mixin
        private PkiIssuer issuer;

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
            return output.write(
                    new Pki().operator(output.read(issuer.name()), output.name(), roles, output.algorithm()));
        }
    }

    /** {@code berth pki device}. */
    @Command(
            name = "device",
            description = "Makes the certificate of a device; its registration ID is the common name.",
            footer = {"", "Example:", "  berth pki device thermostat-0001 --issuer line-3 --dir /run/factory"})
    static final class Device implements Callable<Integer> {
        @Mixin
        private PkiOutput output;

        @Mixin
        private PkiIssuer issuer;

        @Override
        public Integer call() throws IOException {
            var made = new Pki().device(output.read(issuer.name()), output.name(), output.algorithm());
            return output.write(made);
        }
    }

    /** {@code berth pki devices}. */
    @Command(
            name = "devices",
            description =
                    "Makes the certificates of many devices: NAME-00001, NAME-00002 and so on are their registration IDs.",
            footer = {"", "Example:", "  berth pki devices thermostat --count 5000 --issuer line-3 --dir /run/factory"})
    static final class Devices implements Callable<Integer> {
        private static final int COUNT_MAX = 1_000_000;

        @Mixin
        private PkiOutput output;

        @Mixin
        private PkiIssuer issuer;

        @Option(names = "--count", required = true, paramLabel = "N", description = "how many, up to a million")
        private int count;

        @Override
        public Integer call() throws IOException {
            output.require(count >= 1 && count <= COUNT_MAX, "--count must be 1 to " + COUNT_MAX);
            var names = IntStream.rangeClosed(1, count)
                    .mapToObj(n -> String.format(Locale.ROOT, "%s-%05d", output.name(), n))
                    .toList();
            return output.write(names, new Pki().devices(output.read(issuer.name()), names, output.algorithm()));
        }
    }

    /** {@code berth pki proof}. */
    @Command(
            name = "proof",
            description = "Signs a verification code with a CA's key, to prove that its key is yours.",
            footer = {"", "Example:", "  berth pki proof factory-proof --issuer factory --code 9f86d081..."})
    static final class Proof implements Callable<Integer> {
        @Mixin
        private PkiOutput output;

        @Mixin
        private PkiIssuer issuer;

        @Option(
                names = "--code",
                required = true,
                paramLabel = "CODE",
                description = "the code that Berth gave for the trust anchor")
        private String code;

        @Override
        public Integer call() throws IOException {
            return output.write(new Pki().proof(output.read(issuer.name()), code));
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
