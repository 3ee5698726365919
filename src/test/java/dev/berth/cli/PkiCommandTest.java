package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.pki.PemFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PkiCommandTest {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @TempDir
    private Path directory;

    @Test
    void makesAChainFromTheRootToADevice() throws Exception {
        assertThat(run("root", "factory", "--common-name", "Contoso Factory Root"))
                .isEqualTo(DONE);
        assertThat(run("intermediate", "line-3", "--issuer", "factory", "--algorithm", "p-384"))
                .isEqualTo(DONE);
        assertThat(run("device", "Thermostat-0001", "--issuer", "line-3", "--algorithm", "ed25519"))
                .isEqualTo(DONE);

        var line = certificate("line-3.crt");
        certificate("Thermostat-0001.crt").verify(line.getPublicKey());
        line.verify(certificate("factory.crt").getPublicKey());
        assertThat(certificate("factory.crt").getSubjectX500Principal().getName())
                .isEqualTo("CN=Contoso Factory Root");
    }

    @Test
    void makesManyDevicesAtOnce() throws Exception {
        run("root", "factory");

        assertThat(run("devices", "boiler", "--count", "12", "--issuer", "factory"))
                .isEqualTo(DONE);
        assertThat(certificate("boiler-00012.crt").getSubjectX500Principal().getName())
                .isEqualTo("CN=boiler-00012");
        assertThat(directory.resolve("boiler-00012.key")).exists();
        assertThat(directory.resolve("boiler-00013.crt")).doesNotExist();
        assertThat(run("devices", "boiler", "--count", "13", "--issuer", "factory"))
                .as("those that are there are kept")
                .isEqualTo(FAILED);
    }

    @Test
    void makesWhatTheServiceAndItsOperatorsNeed() throws Exception {
        run("root", "ca");

        assertThat(run("server", "berth", "--issuer", "ca", "--host", "localhost", "--host", "127.0.0.1"))
                .isEqualTo(DONE);
        assertThat(run("operator", "alice", "--issuer", "ca", "--role", "contoso:admin", "--role", "platform-admin"))
                .isEqualTo(DONE);
        assertThat(certificate("alice.crt").getSubjectAlternativeNames()).hasSize(2);
    }

    @Test
    void signsAProof() throws Exception {
        run("root", "ca");

        assertThat(run("proof", "proof", "--issuer", "ca", "--code", "ab".repeat(32)))
                .isEqualTo(DONE);
        certificate("proof.crt").verify(certificate("ca.crt").getPublicKey());
        assertThat(directory.resolve("proof.key")).doesNotExist();
    }

    @Test
    void keepsWhatIsThereUnlessItIsTold() throws IOException {
        run("root", "ca");
        byte[] key = Files.readAllBytes(directory.resolve("ca.key"));

        assertThat(run("root", "ca")).isEqualTo(FAILED);
        assertThat(directory.resolve("ca.key")).hasBinaryContent(key);
        assertThat(run("root", "ca", "--force")).isEqualTo(DONE);
        assertThat(Files.readAllBytes(directory.resolve("ca.key"))).isNotEqualTo(key);
    }

    @Test
    void failsWithoutItsIssuersFiles() {
        assertThat(run("device", "d", "--issuer", "nobody")).isEqualTo(FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "root",
                "device d",
                "devices d --issuer ca",
                "devices d --issuer ca --count 0",
                "devices d --issuer ca --count 1000001",
                "root x --algorithm rsa-1024",
                "operator a --issuer ca --role contoso:king",
                "root ../x",
                "server s --issuer ca",
                "nothing"
            })
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThat(run(line.split(" "))).isEqualTo(USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "intermediate", "server", "operator", "device", "devices", "proof"})
    void explainsEveryCommandWithAnExample(String name) {
        var help = Objects.requireNonNull(
                        new CommandLine(new PkiCommand()).getSubcommands().get(name))
                .getUsageMessage();

        assertThat(help).contains("Example").contains("berth pki " + name);
    }

    private int run(String... arguments) {
        var command = new CommandLine(new PkiCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter()));
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        if (arguments[0].isEmpty()) {
            return command.execute();
        }
        all[arguments.length] = "--dir";
        all[arguments.length + 1] = directory.toString();
        return command.execute(all);
    }

    private X509Certificate certificate(String file) throws IOException {
        return PemFiles.readCertificates(directory.resolve(file)).getFirst();
    }
}
