package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several words about one setting counts. */
class SettingsFileTest {
    @TempDir
    private Path directory;

    private final Properties system = new Properties();
    private Path file = Path.of("unset");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("berth.properties"), "berth.device.port=1\nberth.admin.port=2\n");
    }

    @Test
    void theFileSetsWhatIsNotSetOtherwise() throws IOException {
        SettingsFile.read(file, Map.of(), system);

        assertThat(system).containsEntry("berth.device.port", "1").containsEntry("berth.admin.port", "2");
    }

    @Test
    void theEnvironmentHasPrecedence() throws IOException {
        SettingsFile.read(file, Map.of("BERTH_DEVICE_PORT", "3"), system);

        assertThat(system).containsOnlyKeys("berth.admin.port");
    }

    @Test
    void theCommandLineHasPrecedence() throws IOException {
        system.setProperty("berth.device.port", "4");

        SettingsFile.read(file, Map.of(), system);

        assertThat(system).containsEntry("berth.device.port", "4");
    }
}
