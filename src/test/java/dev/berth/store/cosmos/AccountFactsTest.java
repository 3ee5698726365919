package dev.berth.store.cosmos;

import static com.azure.cosmos.ConsistencyLevel.BOUNDED_STALENESS;
import static com.azure.cosmos.ConsistencyLevel.SESSION;
import static com.azure.cosmos.ConsistencyLevel.STRONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.cosmos.ConsistencyLevel;
import dev.berth.store.cosmos.CosmosStoreOptions.Mode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On which accounts the port's promises can be kept. */
class AccountFactsTest {
    private static final String AZURE = "https://contoso.documents.azure.com:443/";

    @ParameterizedTest
    @EnumSource
    void directReadsAskAQuorumWhateverTheAccountsDefault(ConsistencyLevel consistency) {
        assertThat(oneRegion(consistency).fault(options(AZURE, Mode.DIRECT))).isEmpty();
    }

    @Test
    void readsThroughTheGatewayAreAsConsistentAsTheAccount() {
        assertThat(oneRegion(STRONG).fault(options(AZURE, Mode.GATEWAY))).isEmpty();
        assertThat(oneRegion(BOUNDED_STALENESS).fault(options(AZURE, Mode.GATEWAY)))
                .isEmpty();
        assertThat(oneRegion(SESSION).fault(options(AZURE, Mode.GATEWAY)))
                .hasValueSatisfying(fault -> assertThat(fault).hasMessageStartingWith("berth.store.cosmos.mode:"));
    }

    @Test
    void writesInSeveralRegionsAreRefused() {
        var facts = new AccountFacts(
                STRONG, true, List.of("West Europe", "North Europe"), List.of("West Europe", "North Europe"));
        assertThat(facts.fault(options(AZURE, Mode.DIRECT)))
                .hasValueSatisfying(fault -> assertThat(fault).hasMessageStartingWith("berth.store.cosmos.endpoint:"));
    }

    @Test
    void readsGoWhereWritesGo() {
        var facts = new AccountFacts(SESSION, false, List.of("West Europe"), List.of("West Europe", "North Europe"));
        assertThat(facts.fault(options(AZURE, Mode.DIRECT))).isEmpty();
        assertThat(facts.fault(options(AZURE, Mode.DIRECT, "westeurope", "northeurope")))
                .isEmpty();
        assertThat(facts.fault(options(AZURE, Mode.DIRECT, "North Europe", "West Europe")))
                .hasValueSatisfying(
                        fault -> assertThat(fault).hasMessageStartingWith("berth.store.cosmos.preferred-regions:"));
    }

    @Test
    void strongReadsMayGoAnywhere() {
        var facts = new AccountFacts(STRONG, false, List.of("West Europe"), List.of("West Europe", "North Europe"));
        assertThat(facts.fault(options(AZURE, Mode.DIRECT, "North Europe"))).isEmpty();
    }

    @Test
    void oneServerHasOneCopy() {
        assertThat(oneRegion(SESSION).fault(options("http://127.0.0.1:8081/", Mode.GATEWAY)))
                .isEmpty();
        assertThat(oneRegion(SESSION).fault(options("https://localhost:8081/", Mode.GATEWAY)))
                .isEmpty();
    }

    private static AccountFacts oneRegion(ConsistencyLevel consistency) {
        return new AccountFacts(consistency, false, List.of("West Europe"), List.of("West Europe"));
    }

    private static CosmosStoreOptions options(String endpoint, Mode mode, String... regions) {
        return new CosmosStoreOptions(
                URI.create(endpoint),
                new CosmosCredential.Identity(),
                "berth",
                mode,
                List.of(regions),
                true,
                1_000,
                CosmosLimits.DEFAULT);
    }
}
