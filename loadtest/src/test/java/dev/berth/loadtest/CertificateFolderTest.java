package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFolderTest {
    private static final String PASSWORD = "password";

    @TempDir
    private Path folder;

    @Test
    void holdsDevicesAndNotTheirAuthorities() throws Exception {
        make("b-device", "EC", ".crt");
        make("a-device", "RSA", ".pem");
        make("authority", "EC", ".crt", "-ext", "bc=ca:true");

        var devices = new CertificateFolder(folder).devices(10);

        assertThat(devices).extracting(Device::name).containsExactly("a-device", "b-device");
        assertThat(devices).extracting(device -> device.key().getAlgorithm()).containsExactly("RSA", "EC");
        assertThat(new CertificateFolder(folder).devices(1)).hasSize(1);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        make("device", "EC", ".crt");
        Files.delete(folder.resolve("device.crt"));

        assertThatThrownBy(() -> new CertificateFolder(folder).devices(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("device.pem");
    }

    @Test
    void refusesAKeyThatIsEncrypted() throws Exception {
        make("device", "EC", ".crt");
        Files.writeString(folder.resolve("device.key"), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n");

        assertThatThrownBy(() -> new CertificateFolder(folder).devices(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unencrypted PKCS#8");
    }

    @Test
    void aDeviceHidesItsKey() throws Exception {
        make("device", "EC", ".crt");

        assertThat(new CertificateFolder(folder).devices(1).getFirst()).hasToString("device");
    }

    private void make(String name, String algorithm, String ending, String... more) throws Exception {
        Path store = folder.resolve(name + ".p12");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                algorithm,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();

        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Certificate certificate = keys.getCertificate(name);
        write(
                name + ".key",
                "PRIVATE KEY",
                keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
        write(name + ending, "CERTIFICATE", certificate.getEncoded());
        Files.delete(store);
    }

    private void write(String file, String label, byte[] der) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
                        .formatted(
                                label,
                                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)));
    }
}
