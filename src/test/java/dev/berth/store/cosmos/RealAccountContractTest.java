package dev.berth.store.cosmos;

import dev.berth.store.DocumentStore;
import dev.berth.store.DocumentStoreContract;
import dev.berth.store.StoreListener;
import dev.berth.store.cosmos.CosmosStoreOptions.Mode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract on a real account: {@code COSMOS_ENDPOINT}, and {@code COSMOS_KEY} unless this machine's identity has a role there. It makes
 * a database for each test, named {@code berth-test-…}, and does not delete it.
 */
@EnabledIfEnvironmentVariable(
        named = "COSMOS_ENDPOINT",
        matches = ".+",
        disabledReason = "COSMOS_ENDPOINT names no account of Azure Cosmos DB")
class RealAccountContractTest extends DocumentStoreContract {
    @Override
    protected DocumentStore open() {
        return CosmosStore.open(
                new CosmosStoreOptions(
                        URI.create(System.getenv("COSMOS_ENDPOINT")),
                        Optional.ofNullable(System.getenv("COSMOS_KEY"))
                                .<CosmosCredential>map(CosmosCredential.Key::new)
                                .orElseGet(CosmosCredential.Identity::new),
                        "berth-test-" + UUID.randomUUID(),
                        Mode.DIRECT,
                        List.of(),
                        true,
                        1_000,
                        LocalAccount.PATIENT),
                StoreListener.NONE,
                new Random());
    }
}
