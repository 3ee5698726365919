package dev.berth.store.cosmos;

import dev.berth.sandbox.LocalCosmos;
import dev.berth.store.DocumentStore;
import dev.berth.store.DocumentStoreContract;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosStoreOptions.Mode;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The contract on Microsoft's emulator, which knows TTL, sizes and keys that the local server does not. */
@EnabledIf(
        value = "dockerRuns",
        disabledReason = "Microsoft's emulator of Cosmos DB needs Docker, which does not run here")
class EmulatorContractTest extends DocumentStoreContract {
    private static final String IMAGE = "mcr.microsoft.com/cosmosdb/linux/azure-cosmos-emulator:vnext-preview";
    private static final int PORT = 8_081;

    /** The same for every emulator, and published. */
    private static final String KEY =
            "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==";

    private static GenericContainer<?> emulator;

    static boolean dockerRuns() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    static void startEmulator() {
        System.setProperty(LocalCosmos.PLAIN_HTTP_PROPERTY, "true");
        emulator = new GenericContainer<>(IMAGE)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forLogMessage(".*Now listening.*", 1));
        emulator.start();
    }

    @AfterAll
    static void stopEmulator() {
        emulator.stop();
    }

    @Override
    protected DocumentStore open() {
        return CosmosStore.open(
                new CosmosStoreOptions(
                        URI.create("http://localhost:" + emulator.getMappedPort(PORT) + "/"),
                        new CosmosCredential.Key(KEY),
                        "test-" + UUID.randomUUID(),
                        Mode.GATEWAY,
                        List.of(),
                        true,
                        1_000,
                        LocalAccount.PATIENT),
                StoreListener.NONE,
                new Random());
    }
}
