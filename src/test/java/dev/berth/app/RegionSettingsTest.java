package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.inventory.InventorySnapshot;
import dev.berth.provisioning.AssignmentClaims;
import dev.berth.provisioning.Devices;
import dev.berth.provisioning.HomedDevices;
import dev.berth.provisioning.RegionalAssignmentClaims;
import dev.berth.region.RegionEvents;
import dev.berth.region.RegionId;
import dev.berth.region.RegionReach;
import dev.berth.store.InMemoryDocumentStore;
import dev.berth.store.documents.DeviceDocuments;
import dev.berth.store.documents.InventoryDocuments;
import dev.berth.store.documents.LedgerDocuments;
import dev.berth.store.documents.RegionalLedgerDocuments;
import dev.berth.store.documents.RegionalStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
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
