package dev.berth.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PkiTest {
    private static final int URI = 6;
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private final Pki pki = new Pki();
    private final CertifiedKey root = pki.root("Root, \"Inc.\" + more", KeyAlgorithm.P_256);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void keysAndCertificatesComeBackFromTheirFiles(KeyAlgorithm algorithm) throws Exception {
        var device = pki.device(root, "thermostat-0001", algorithm);
        Path certificateFile = directory.resolve("d.crt");
        Path keyFile = directory.resolve("d.key");

        PemFiles.writeCertificates(
                certificateFile, List.of(device.certificate(), root.certificate()), PemFiles.Existing.KEEP);
        PemFiles.writeKey(keyFile, device.key(), PemFiles.Existing.KEEP);

        var read = PemFiles.read(certificateFile, keyFile);
        assertThat(read.certificate()).isEqualTo(device.certificate());
        assertThat(PemFiles.readCertificates(certificateFile))
                .containsExactly(device.certificate(), root.certificate());
        assertThat(signsFor(read)).isTrue();
        read.certificate().verify(root.certificate().getPublicKey());
    }

    @Test
    void aKeyIsForItsOwnersEyesAndOverwritesNothing() throws IOException {
        Path file = directory.resolve("new/dir/root.key");
        PemFiles.writeKey(file, root.key(), PemFiles.Existing.KEEP);
        byte[] first = Files.readAllBytes(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var other = pki.root("Other", KeyAlgorithm.P_256);
        assertThatThrownBy(() -> PemFiles.writeKey(file, other.key(), PemFiles.Existing.KEEP))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasBinaryContent(first);
        PemFiles.writeKey(file, other.key(), PemFiles.Existing.REPLACE);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(first);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).as("no temporary file stays").containsExactly(file);
        }
    }

    @Test
    void aKeyIsNeverShown() {
        assertThat(root.toString())
                .isEqualTo("CertifiedKey[" + root.certificate().getSubjectX500Principal() + "]");
    }

    @Test
    void filesThatHoldSomethingElseAreNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("x"), "hello");

        assertThatThrownBy(() -> PemFiles.readKey(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("x holds no");
        assertThatThrownBy(() -> PemFiles.readCertificates(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("x holds no");
    }

    @Test
    void anOperatorCarriesItsRolesAsUris() throws Exception {
        var roles = List.of(OperatorRole.in("contoso", "admin"), OperatorRole.PLATFORM_ADMIN);

        var names = pki.operator(root, "alice", roles, KeyAlgorithm.P_256)
                .certificate()
                .getSubjectAlternativeNames();

        assertThat(names)
                .containsExactly(
                        List.of(URI, "urn:berth:tenant:contoso:role:admin"),
                        List.of(URI, "urn:berth:role:platform-admin"));
    }

    @Test
    void aServerCarriesItsNamesAndAddresses() throws Exception {
        var server = pki.server(root, List.of("localhost", "127.0.0.1", "::1"), KeyAlgorithm.P_256);

        assertThat(server.certificate().getSubjectAlternativeNames())
                .containsExactly(
                        List.of(DNS, "localhost"), List.of(ADDRESS, "127.0.0.1"), List.of(ADDRESS, "0:0:0:0:0:0:0:1"));
    }

    @Test
    void aWholeBatchComesInItsOrderWithAKeyForEach() {
        var ids = IntStream.range(0, 100).mapToObj(i -> "device-" + i).toList();

        var devices = pki.devices(root, ids, KeyAlgorithm.P_256);

        assertThat(devices)
                .extracting(
                        device -> device.certificate().getSubjectX500Principal().getName())
                .containsExactlyElementsOf(ids.stream().map(id -> "CN=" + id).toList());
        assertThat(devices)
                .extracting(device -> device.certificate().getPublicKey())
                .doesNotHaveDuplicates();
        assertThat(devices)
                .extracting(device -> device.certificate().getSerialNumber())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void opensslAgrees(KeyAlgorithm algorithm) throws Exception {
        assumeTrue(runs("openssl", "version"), "SKIPPED: no openssl on this machine");
        var ca = pki.root("Root", algorithm);
        var line = pki.intermediate(ca, "Line", algorithm);
        PemFiles.writeCertificates(directory.resolve("ca"), List.of(ca.certificate()), PemFiles.Existing.KEEP);
        PemFiles.writeCertificates(directory.resolve("line"), List.of(line.certificate()), PemFiles.Existing.KEEP);
        var device = pki.device(line, "thermostat-0001", algorithm);
        PemFiles.writeCertificates(directory.resolve("device"), List.of(device.certificate()), PemFiles.Existing.KEEP);
        PemFiles.writeKey(directory.resolve("key"), device.key(), PemFiles.Existing.KEEP);

        assertThat(runs(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslclient",
                        "-CAfile",
                        "ca",
                        "-untrusted",
                        "line",
                        "device"))
                .isTrue();
        assertThat(runs("openssl", "pkey", "-in", "key", "-noout", "-check")).isTrue();
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean signsFor(CertifiedKey pair) throws Exception {
        var signature = Signature.getInstance(KeyAlgorithm.signature(pair.key()));
        signature.initSign(pair.key());
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(pair.certificate());
        signature.update((byte) 1);
        return signature.verify(signed);
    }
}
