package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.device.TestPki.Credential;
import dev.berth.pki.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates the device listener shows of itself, and how it changes them while devices call; a subclass names the engine. */
abstract class ServerCertificateContract extends DeviceListenerFixture {
    ServerCertificateContract(TlsEngine engine) {
        super(engine);
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "RSA_2048"})
    void showsAnyCommonKindOfServerCertificate(KeyAlgorithm algorithm) throws IOException {
        TestPki.write(directory, PKI.server("localhost", algorithm));
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").status()).isEqualTo(200);
        }
    }

    /** A server that forgets to ask for certificates when it reloads turns every device away, or lets anybody in. */
    @Test
    void reloadsUnderLoadAndNeverForgetsToAskForCertificates() throws Exception {
        var listener = listener();
        try (var fleet = new CallingFleet(listener.port(), 4)) {
            for (var server : List.of(
                    PKI.server("second", KeyAlgorithm.P_256),
                    PKI.server("third", KeyAlgorithm.RSA_2048),
                    PKI.server("fourth", KeyAlgorithm.P_384))) {
                fleet.awaitMoreAnswers();
                TestPki.write(directory, server);
                listener.reload();
                assertShown(server);
                assertCertificatesAskedFor();
                fleet.awaitMoreAnswers();
            }
        }
    }

    @Test
    void aFileThatCannotBeUsedChangesNothingUnderLoadAndIsLoggedOnce() throws Exception {
        var listener = listener();
        var second = PKI.server("second", KeyAlgorithm.P_256);
        var third = PKI.server("third", KeyAlgorithm.P_256);
        try (var fleet = new CallingFleet(listener.port(), 2)) {
            replaceServerCertificate(second);
            Files.writeString(directory.resolve("server.key"), "nonsense");
            listener.reload();
            listener.reload();
            assertThat(log.takeOnly()).contains("ERROR", "keeps its certificate", "no unencrypted private key");
            assertShown(second);
            assertCertificatesAskedFor();
            fleet.awaitMoreAnswers();
            replaceServerCertificate(third);
            assertShown(third);
            assertCertificatesAskedFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.crt", "server.key"})
    void aFileThatIsEmptyChangesNothing(String name) throws IOException {
        listener();
        Files.writeString(directory.resolve(name), "");
        listener().reload();
        assertThat(log.takeOnly())
                .contains("keeps its certificate", directory.resolve(name).toString());
        assertCertificatesAskedFor();
    }

    @Test
    void aKeyOfAnotherCertificateChangesNothing() throws IOException {
        listener();
        var second = PKI.server("second", KeyAlgorithm.P_256);
        TestPki.write(directory, second.withKeyOf(DEVICE));
        listener().reload();
        assertThat(log.takeOnly()).contains("keeps its certificate", "does not belong to");
        assertCertificatesAskedFor();
    }

    @Test
    void aConnectionThatIsOpenKeepsItsCertificateAndItsDevice() throws IOException {
        try (var before = connect()) {
            before.get("/v1/id-scope");
            replaceServerCertificate(PKI.server("second", KeyAlgorithm.P_256));
            assertThat(before.get("/v1/id-scope").status()).isEqualTo(200);
            assertThat(script.judged).containsExactly(DEVICE.chain(), DEVICE.chain());
        }
    }

    @Test
    void saysAtTheStartWhichEngineRuns() {
        listener();
        assertThat(log.told()).singleElement().asString().contains("the TLS engine is " + engine);
    }

    // --- what the rules are written with

    private void replaceServerCertificate(Credential next) throws IOException {
        TestPki.write(directory, next);
        listener().reload();
    }

    private void assertShown(Credential server) throws IOException {
        try (var device = connect()) {
            assertThat(device.socket().getSession().getPeerCertificates())
                    .containsExactly(server.chain().getFirst());
        }
    }

    /** Who has no certificate reads so, and who has one is seen with it. */
    private void assertCertificatesAskedFor() throws IOException {
        try (var device = connect(null, "TLSv1.3")) {
            var answer = device.get("/v1/id-scope");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("certificate-missing");
        }
        try (var device = connect()) {
            assertThat(device.get("/v1/id-scope").json().path("registrationId").asText())
                    .isEqualTo("device-0001");
            assertThat(script.judged).contains(DEVICE.chain());
        }
    }
}
