package dev.berth.dps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the client reads and writes by reflection is known to the native executable. */
class NativeClassesTest {
    private static final String CONFIGS = "com/microsoft/azure/sdk/iot/provisioning/service/configs/";

    @Test
    void everyClassThatTheClientMakesJsonOfIsRegistered() throws IOException, URISyntaxException {
        var registered = new ArrayList<String>();
        try (var file = NativeClassesTest.class.getResourceAsStream(
                "/META-INF/native-image/dev.berth/dps-clients/reachability-metadata.json")) {
            new ObjectMapper()
                    .readTree(file)
                    .path("reflection")
                    .forEach(entry -> registered.add(entry.path("type").asText()));
        }
        var jar = Path.of(EnrollmentGroup.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(registered).containsAll(classes(jar));
    }

    private static List<String> classes(Path jar) {
        try (var entries = new JarFile(jar.toFile())) {
            var names = new ArrayList<String>();
            entries.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(CONFIGS) && name.endsWith(".class") && !name.matches(".*\\$\\d.*"))
                    .forEach(name -> names.add(name.replace(".class", "").replace('/', '.')));
            assertThat(names).isNotEmpty();
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
