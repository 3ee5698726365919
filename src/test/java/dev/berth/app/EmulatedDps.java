package dev.berth.app;

import dev.berth.emulator.Emulator;
import dev.berth.emulator.EmulatorConfig;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One emulated DPS instance behind its proxy, and the settings by which the service reaches it. */
public class EmulatedDps implements QuarkusTestResourceLifecycleManager {
    /** The tenant that the credentials are for, and the name of both instance and credentials. */
    static final String TENANT = "managed";

    static final String INSTANCE = "dps-1";
    static final String ID_SCOPE = "test.dps.id-scope";

    private @Nullable Emulator emulator;
    private Path directory = Path.of("");

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("berth-dps");
            emulator = Emulator.start(EmulatorConfig.of(1, 1_000), directory);
            var description = emulator.description();
            var instance = description.instances().getFirst();
            var primary = Files.writeString(directory.resolve("primary"), instance.serviceConnectionStringForProxy());
            var credential = "berth.dps.credentials." + INSTANCE + ".";
            return Map.of(
                    "berth.dps.proxy",
                    description.proxyEndpoint(),
                    "berth.dps.ca-file",
                    description.caFile().toString(),
                    credential + "tenant",
                    TENANT,
                    credential + "primary-file",
                    primary.toString(),
                    ID_SCOPE,
                    instance.idScope());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try (var files = Files.walk(directory)) {
            if (emulator != null) {
                emulator.close();
            }
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
