package dev.berth.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;

/** Where a sandbox keeps its documents. */
public enum SandboxStore {
    /** In its own directory. */
    EMBEDDED {
        @Override
        Map<String, String> open(SandboxFiles files) {
            return Map.of("berth.store.directory", files.data().toString());
        }
    },

    /** In a Cosmos DB on this machine, whose documents are gone after it. */
    COSMOS {
        @Override
        Map<String, String> open(SandboxFiles files) throws IOException, InterruptedException {
            Files.createDirectory(files.data());
            System.setProperty(LocalCosmos.PLAIN_HTTP_PROPERTY, "true");
            var server = LocalCosmos.start(files.cosmosLog());
            return Map.of(
                    "berth.store",
                    "cosmos",
                    "berth.store.cosmos.endpoint",
                    server.endpoint().toString(),
                    "berth.store.cosmos.key",
                    server.key(),
                    "berth.store.cosmos.mode",
                    "gateway");
        }
    };

    /** As the command line calls it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Starts what it takes, and returns the settings by which services find it. */
    abstract Map<String, String> open(SandboxFiles files) throws IOException, InterruptedException;
}
