package dev.berth.store.cosmos;

import static com.azure.cosmos.ConsistencyLevel.BOUNDED_STALENESS;
import static com.azure.cosmos.ConsistencyLevel.SESSION;
import static com.azure.cosmos.ConsistencyLevel.STRONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.cosmos.ConsistencyLevel;
import dev.berth.store.cosmos.CosmosStoreOptions.Mode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On which accounts the port's promises can be kept. */
class AccountFactsTest {
    private static final String AZURE = "https://contoso.documents.azure.com:443/";
    private static final CosmosRegions REGIONS = new CosmosRegions(Map.of("west", "West Europe", "east", "eastus"));

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
                SESSION, true, writers("West Europe", "North Europe"), List.of("West Europe", "North Europe"));
        assertThat(facts.fault(options(AZURE, Mode.DIRECT)))
                .hasValueSatisfying(fault -> assertThat(fault)
                        .hasMessageStartingWith("berth.store.cosmos.endpoint:")
                        .hasMessageContaining("switch multi-region writes off")
                        .hasMessageContaining("berth.store.cosmos.azure-regions.<region>"));
        assertThat(facts.fault(options("http://127.0.0.1:8081/", Mode.GATEWAY)))
                .as("on this machine, too")
                .isPresent();
    }

    @Test
    void readsGoWhereWritesGo() {
        var facts = new AccountFacts(SESSION, false, writers("West Europe"), List.of("West Europe", "North Europe"));
        assertThat(facts.fault(options(AZURE, Mode.DIRECT))).isEmpty();
        assertThat(facts.fault(options(AZURE, Mode.DIRECT, "westeurope", "northeurope")))
                .isEmpty();
        assertThat(facts.fault(options(AZURE, Mode.DIRECT, "North Europe", "West Europe")))
                .hasValueSatisfying(
                        fault -> assertThat(fault).hasMessageStartingWith("berth.store.cosmos.preferred-regions:"));
    }

    @Test
    void strongReadsMayGoAnywhere() {
        var facts = new AccountFacts(STRONG, false, writers("West Europe"), List.of("West Europe", "North Europe"));
        assertThat(facts.fault(options(AZURE, Mode.DIRECT, "North Europe"))).isEmpty();
    }

    @Test
    void oneServerHasOneCopy() {
        assertThat(oneRegion(SESSION).fault(options("http://127.0.0.1:8081/", Mode.GATEWAY)))
                .isEmpty();
        assertThat(oneRegion(SESSION).fault(options("https://localhost:8081/", Mode.GATEWAY)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SESSION", "CONSISTENT_PREFIX", "EVENTUAL"})
    void aStoreOfEachRegionReadsAQuorumOfItDirectly(ConsistencyLevel consistency) {
        assertThat(twoRegions(consistency, "West Europe", "East US")
                        .fault(options(AZURE, Mode.DIRECT), REGIONS, "west"))
                .isEmpty();
    }

    @Test
    void throughTheGatewayNobodyReadsAQuorumOfOneRegion() {
        refused(twoRegions(SESSION, "West Europe", "East US"), Mode.GATEWAY, "mode: ");
    }

    @Test
    void aConsistencyThatStopsWritesWhenRegionsDoNotHearOfEachOtherIsRefused() {
        refused(twoRegions(BOUNDED_STALENESS, "West Europe", "East US"), Mode.DIRECT, "endpoint: ");
    }

    @Test
    void namesOfRegionsAreOfNoUseWhereOneTakesWrites() {
        refused(oneRegion(SESSION), Mode.DIRECT, "azure-regions.west: ");
    }

    @Test
    void aReplicasOwnRegionHasToTakeWrites() {
        refused(twoRegions(SESSION, "North Europe", "East US"), Mode.DIRECT, "azure-regions.west: ");
        refused(twoRegions(SESSION, "East US"), Mode.DIRECT, "azure-regions.west: ");
    }

    @Test
    void anotherRegionThatTheAccountDoesNotHaveIsNamed() {
        refused(twoRegions(SESSION, "West Europe", "East US 2"), Mode.DIRECT, "azure-regions.east: ");
    }

    /** Where all that there are have a name, the one that is lacking was taken out of service: that must not keep the others from starting. */
    @Test
    void aReplicaStartsWithoutARegionThatIsOutOfService() {
        assertThat(twoRegions(SESSION, "West Europe").fault(options(AZURE, Mode.DIRECT), REGIONS, "west"))
                .isEmpty();
    }

    @Test
    void aRegionIsAskedWhereTheAccountSaysWhateverItsSpelling() {
        var facts = twoRegions(SESSION, "West Europe", "East US");
        assertThat(facts.endpoint("westeurope"))
                .contains(URI.create("https://contoso-west-europe.documents.azure.com/"));
        assertThat(facts.endpoint("North Europe")).isEmpty();
    }

    private static void refused(AccountFacts facts, Mode mode, String setting) {
        assertThat(facts.fault(options(AZURE, mode), REGIONS, "west"))
                .hasValueSatisfying(fault -> assertThat(fault).hasMessageStartingWith("berth.store.cosmos." + setting));
    }

    private static AccountFacts twoRegions(ConsistencyLevel consistency, String... writers) {
        return new AccountFacts(consistency, true, writers(writers), List.of(writers));
    }

    private static Map<String, URI> writers(String... names) {
        return Arrays.stream(names)
                .collect(Collectors.toMap(
                        name -> name,
                        name -> URI.create("https://contoso-"
                                + name.replace(' ', '-').toLowerCase(Locale.ROOT) + ".documents.azure.com/")));
    }

    private static AccountFacts oneRegion(ConsistencyLevel consistency) {
        return new AccountFacts(consistency, false, writers("West Europe"), List.of("West Europe"));
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
