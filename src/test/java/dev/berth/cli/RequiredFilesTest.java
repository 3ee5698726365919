package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiredFilesTest {
    @TempDir
    private Path directory;

    @Test
    void everyMissingSettingIsNamedAtOnce() {
        assertThat(RequiredFiles.faults(_ -> Optional.empty()))
                .containsExactly(
                        "berth.admin.certificate-file is not set",
                        "berth.admin.key-file is not set",
                        "berth.admin.operator-ca-file is not set",
                        "berth.device.certificate-file is not set",
                        "berth.device.key-file is not set");
    }

    @Test
    void aFileThatDoesNotExistIsNamed() {
        var nowhere = directory.resolve("nowhere.pem").toString();
        assertThat(RequiredFiles.faults(_ -> Optional.of(nowhere)))
                .hasSize(5)
                .contains("berth.device.key-file names no readable file: " + nowhere);
    }

    @Test
    void aFileThatIsNoPemIsNamed() throws IOException {
        var file = Files.writeString(directory.resolve("text.pem"), "hello");
        assertThat(RequiredFiles.faults(_ -> Optional.of(file.toString())))
                .hasSize(5)
                .allSatisfy(fault -> assertThat(fault).contains("cannot be used: ", "text.pem"))
                .anySatisfy(fault -> assertThat(fault).contains("holds no unencrypted private key in PEM"));
    }

    @Test
    void anEncryptedKeyIsNone() throws IOException {
        var file = Files.writeString(directory.resolve("key.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        assertThat(RequiredFiles.faults(_ -> Optional.of(file.toString()))).hasSize(5);
    }
}
