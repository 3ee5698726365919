package dev.berth.store.cosmos;

import dev.berth.sandbox.LocalCosmos;
import dev.berth.sandbox.LocalCosmosInstallation;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosStoreOptions.Mode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The Cosmos DB of this machine, one for all tests of a run; each test has a database of its own. */
public final class LocalAccount {
    /** Patient, because a busy machine is no outage. */
    static final CosmosLimits PATIENT = new CosmosLimits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            8,
            Duration.ofMillis(4),
            64,
            10_000,
            1_000,
            Duration.ofSeconds(1),
            32);

    private static @Nullable LocalCosmos server;

    private LocalAccount() {}

    /** Whether this machine has what it takes. */
    static boolean canRun() {
        return LocalCosmosInstallation.obstacle().isEmpty();
    }

    /** Starts it if need be. */
    public static synchronized LocalCosmos server() {
        System.setProperty(LocalCosmos.PLAIN_HTTP_PROPERTY, "true");
        try {
            if (server == null) {
                server = LocalCosmos.start(Path.of("target", "cosmos.log"));
            }
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static CosmosStoreOptions options() {
        return options(server().endpoint(), PATIENT);
    }

    /** Of a fresh database, reached through {@code endpoint}. */
    static CosmosStoreOptions options(URI endpoint, CosmosLimits limits) {
        return new CosmosStoreOptions(
                endpoint,
                new CosmosCredential.Key(server().key()),
                "test-" + UUID.randomUUID(),
                Mode.GATEWAY,
                List.of(),
                true,
                1_000,
                limits);
    }

    static CosmosStore open() {
        return CosmosStore.open(options(), StoreListener.NONE, new Random());
    }
}
