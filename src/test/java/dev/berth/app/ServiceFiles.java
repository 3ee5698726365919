package dev.berth.app;

import dev.berth.sandbox.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the files of the service before it starts, and deletes them after it has stopped. */
public class ServiceFiles implements QuarkusTestResourceLifecycleManager {
    /** Where the tests find the keys; they are loaded by another class loader. */
    static final String DIRECTORY = "test.keys.directory";

    private Path directory = Path.of("");

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("berth-service");
            var settings = new HashMap<>(new TestKeys(directory).write().settings());
            settings.put(DIRECTORY, directory.toString());
            settings.put("berth.device.host", "127.0.0.1");
            // Quarkus' own metrics of servers cannot tell two of them apart that are both told port 0.
            for (var port : List.of(
                    "berth.device.port",
                    "quarkus.http.test-ssl-port",
                    "quarkus.http.test-port",
                    "quarkus.management.test-port")) {
                settings.put(port, Integer.toString(FreePort.choose()));
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
