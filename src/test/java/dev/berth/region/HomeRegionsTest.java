package dev.berth.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeRegionsTest {
    private static final int KEYS = 10_000;
    private static final RegionId EAST = new RegionId("eastus");
    private static final RegionId NORTH = new RegionId("northeurope");
    private static final RegionId WEST = new RegionId("westeurope");
    private static final HomeRegions THREE = new HomeRegions(List.of(EAST, NORTH, WEST));

    @Test
    void theOrderInWhichRegionsAreNamedIsOfNoConsequence() {
        var named = new HomeRegions(List.of(WEST, EAST, NORTH));
        assertThat(keys()).allSatisfy(key -> assertThat(named.orderOf(key)).isEqualTo(THREE.orderOf(key)));
    }

    /** Documents stay where they are from one version of Berth to the next. */
    @Test
    void theOrderOfAKeyIsForGood() {
        assertThat(THREE.orderOf("contoso/device-1")).containsExactly(WEST, NORTH, EAST);
    }

    @Test
    void everyRegionIsHomeToAboutAsMany() {
        for (RegionId region : THREE.regions()) {
            assertThat(keys().stream().filter(key -> THREE.homeOf(key).equals(region)))
                    .hasSizeBetween(KEYS / 3 - KEYS / 30, KEYS / 3 + KEYS / 30);
        }
    }

    @Test
    void aRegionThatIsLostMovesItsOwnKeysOnlyAndToThoseWhoStandIn() {
        var two = new HomeRegions(List.of(EAST, WEST));
        assertThat(keys())
                .allSatisfy(key -> assertThat(two.homeOf(key))
                        .isEqualTo(THREE.writerOf(key, region -> !region.equals(NORTH))
                                .orElseThrow()));
        assertThat(keys())
                .filteredOn(key -> !THREE.homeOf(key).equals(NORTH))
                .allSatisfy(key -> assertThat(two.homeOf(key)).isEqualTo(THREE.homeOf(key)));
    }

    @Test
    void nobodyWritesWhatNobodyCanReach() {
        assertThat(THREE.writerOf("contoso/device-1", _ -> false)).isEmpty();
    }

    @Test
    void regionsAreNamedOnceAndAtMostSixteen() {
        assertThatThrownBy(() -> new HomeRegions(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HomeRegions(List.of(EAST, EAST))).isInstanceOf(IllegalArgumentException.class);
        assertThat(regions(HomeRegions.REGIONS_MAX).orderOf("key")).hasSize(HomeRegions.REGIONS_MAX);
        assertThatThrownBy(() -> regions(HomeRegions.REGIONS_MAX + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "West Europe", "WestEurope", "-west", "west/europe", "w\n"})
    void whatNoRegionIsCalledIsNone(String text) {
        assertThat(RegionId.parse(text)).isEmpty();
        assertThatThrownBy(() -> new RegionId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReplicaIsInOneOfTheRegions() {
        assertThat(Regions.of("westeurope", List.of("eastus", "westeurope")).local())
                .isEqualTo(WEST);
        assertThatThrownBy(() -> Regions.of("westus", List.of("eastus", "westeurope")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("westus");
    }

    private static HomeRegions regions(int count) {
        return new HomeRegions(IntStream.range(0, count)
                .mapToObj(i -> new RegionId("region-" + i))
                .toList());
    }

    private static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(i -> "contoso/device-" + i).toList();
    }
}
