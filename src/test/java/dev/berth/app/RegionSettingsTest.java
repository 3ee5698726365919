package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.inventory.InventorySnapshot;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.provisioning.AssignmentClaims;
import dev.berth.provisioning.Devices;
import dev.berth.provisioning.HomedDevices;
import dev.berth.provisioning.RegionalAssignmentClaims;
import dev.berth.region.RegionEvents;
import dev.berth.region.RegionId;
import dev.berth.region.RegionReach;
import dev.berth.scheduling.VirtualClock;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.RegionalLedgerDocuments;
import dev.berth.store.documents.RegionalStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionSettingsTest {
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();

    @Test
    void withoutThemAllIsAsIfThereWereNone() {
        var config = TestConfig.of(Map.of());
        var composition = new RegionalComposition(config);
        var pools = composition.pools(InventoryDocuments.over(store));

        assertThat(composition.names()).isEmpty();
        assertThat(claims(composition, config)).isSameAs(AssignmentClaims.NONE);
        assertThat(devices(composition, config)).isInstanceOf(DeviceDocuments.class);
        assertThat(composition.ledgers(store, pools)).isInstanceOf(LedgerDocuments.class);
        assertThat(pools.snapshot()).isSameAs(InventorySnapshot.EMPTY);
    }

    @Test
    void withThemAReplicaKnowsWhereItIs() {
        var config = TestConfig.of(Map.of("berth.region", "westeurope", "berth.regions", "westeurope,eastus"));
        var composition = new RegionalComposition(config);

        assertThat(Settings.regions(config).orElseThrow().local()).isEqualTo(new RegionId("westeurope"));
        assertThat(composition.names()).containsExactlyInAnyOrder("westeurope", "eastus");
        assertThat(claims(composition, config)).isInstanceOf(RegionalAssignmentClaims.class);
        assertThat(devices(composition, config)).isInstanceOf(HomedDevices.class);
        assertThat(composition.ledgers(store, composition.pools(InventoryDocuments.over(store))))
                .isInstanceOf(RegionalLedgerDocuments.class);
    }

    @ParameterizedTest
    @CsvSource({
        "westeurope, ''",
        "'', 'westeurope,eastus'",
        "westus, 'westeurope,eastus'",
        "westeurope, 'westeurope,westeurope'",
        "West Europe, 'West Europe,eastus'"
    })
    void whatDoesNotFitTogetherEndsTheStart(String region, String regions) {
        var settings = new HashMap<String, String>();
        if (!region.isEmpty()) {
            settings.put("berth.region", region);
        }
        if (!regions.isEmpty()) {
            settings.put("berth.regions", regions);
        }
        assertThatThrownBy(() -> new RegionalComposition(TestConfig.of(settings)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("berth.regions");
    }

    @Test
    void eachRegionCanHaveAStoreOfItsOwn() {
        var config = config("westeurope", "West Europe", "eastus", "East US");
        assertThat(Stores.isOfRegions(config)).isTrue();
        assertThat(CosmosSettings.regions(config).orElseThrow().azureNames())
                .containsEntry("westeurope", "West Europe")
                .containsEntry("eastus", "East US");
        assertThat(Stores.isOfRegions(TestConfig.of(Map.of("berth.store", "cosmos"))))
                .isFalse();
    }

    @Test
    void aRegionWithoutAnAzureRegionIsNamed() {
        refused(config("westeurope", "West Europe"), "berth.store.cosmos.azure-regions.eastus: is not set");
    }

    @Test
    void anAzureRegionOfARegionThatIsNoneIsNamed() {
        refused(
                config("westeurope", "West Europe", "eastus", "East US", "westus", "West US"),
                "berth.store.cosmos.azure-regions.westus: is set, and berth.regions does not have it");
    }

    @Test
    void anAzureRegionThatIsNamedTwiceIsNamed() {
        refused(
                config("westeurope", "West Europe", "eastus", "westeurope"),
                "berth.store.cosmos.azure-regions.westeurope: West Europe is the Azure region of eastus already");
    }

    @Test
    void azureRegionsWithoutRegionsAreNamed() {
        var settings = Map.of("berth.store", "cosmos", "berth.store.cosmos.azure-regions.westeurope", "West Europe");
        refused(TestConfig.of(settings), "berth.store.cosmos.azure-regions.westeurope: is set");
    }

    @Test
    void aStoreOfARegionHasNobodyElseToPrefer() {
        var settings = new HashMap<>(settings("westeurope", "West Europe", "eastus", "East US"));
        settings.put("berth.store.cosmos.preferred-regions", "West Europe");
        refused(TestConfig.of(settings), "berth.store.cosmos.preferred-regions: ");
    }

    @Test
    void aRegionThatFailsIsShown() {
        var config = TestConfig.of(Map.of("berth.region", "westeurope", "berth.regions", "westeurope,eastus"));
        var registry = new SimpleMeterRegistry();
        var metrics = new RegionMetrics(registry);
        var clock = new VirtualClock();
        var reach = new RegionReach(Set.of(new RegionId("eastus")), config.regionAwayAfter(), clock);
        metrics.watch(reach);
        assertThat(away(registry)).isZero();

        assertThatThrownBy(() -> reach.ask(new RegionId("eastus"), RegionSettingsTest::outage))
                .isInstanceOf(RepositoryUnavailableException.class);
        assertThat(away(registry)).as("not yet").isZero();
        clock.advance(config.regionAwayAfter());
        assertThat(away(registry)).isEqualTo(1);

        reach.ask(new RegionId("eastus"), () -> "there");
        assertThat(away(registry)).isZero();
    }

    @Test
    void whatBecomesOfDisputesIsCounted() {
        var registry = new SimpleMeterRegistry();
        var metrics = new RegionMetrics(registry);
        metrics.watch(new RegionReach(Set.of(new RegionId("eastus")), Duration.ofSeconds(30), InstantSource.system()));
        metrics.reviewed(RegionEvents.Outcome.DECIDED);
        metrics.stoodIn(new RegionId("eastus"));
        metrics.open(3);

        assertThat(registry.get("berth.region.disputes")
                        .tag("outcome", "decided")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("berth.region.disputes")
                        .tag("outcome", "late")
                        .counter()
                        .count())
                .isZero();
        assertThat(registry.get("berth.region.stand.ins")
                        .tag("region", "eastus")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("berth.region.claims.open").gauge().value()).isEqualTo(3);
    }

    private static double away(SimpleMeterRegistry registry) {
        return registry.get("berth.region.away").tag("region", "eastus").gauge().value();
    }

    private static Object outage() {
        throw new RepositoryUnavailableException("away", false, Duration.ofSeconds(1), null);
    }

    private static void refused(BerthConfig config, String message) {
        assertThatThrownBy(() -> CosmosSettings.regions(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    /** @param azureRegions names in pairs: Berth's and Azure's */
    private static BerthConfig config(String... azureRegions) {
        return TestConfig.of(settings(azureRegions));
    }

    private static Map<String, String> settings(String... azureRegions) {
        var settings = new HashMap<String, String>();
        settings.put("berth.store", "cosmos");
        settings.put("berth.region", "westeurope");
        settings.put("berth.regions", "westeurope,eastus");
        for (var i = 0; i < azureRegions.length; i += 2) {
            settings.put("berth.store.cosmos.azure-regions." + azureRegions[i], azureRegions[i + 1]);
        }
        return settings;
    }

    private AssignmentClaims claims(RegionalComposition composition, BerthConfig config) {
        var reach = reach(composition, config);
        return composition.claims(
                composition.regionClaims(stores(composition, config), reach),
                reach,
                InstantSource.system(),
                RegionEvents.NONE);
    }

    private Devices devices(RegionalComposition composition, BerthConfig config) {
        return composition.devices(store, stores(composition, config), reach(composition, config));
    }

    private RegionReach reach(RegionalComposition composition, BerthConfig config) {
        var metrics = new RegionMetrics(new SimpleMeterRegistry());
        return composition.reach(config, stores(composition, config), InstantSource.system(), metrics);
    }

    private RegionalStores stores(RegionalComposition composition, BerthConfig config) {
        return composition.stores(config, store, InstantSource.system());
    }
}
