package dev.berth.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.TenantId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstancePolicyTest {
    private static final InstancePolicy TWO_REGIONS =
            new InstancePolicy(EndpointPolicy.AZURE, Duration.ofMillis(1_200), Set.of("westeurope", "eastus"));
    private static final InstancePolicy ONE_REGION = new InstancePolicy(EndpointPolicy.AZURE, Duration.ofMillis(1_200));

    @Test
    void whereThereAreRegionsAnInstanceIsAtHomeInOneOfThem() {
        assertThat(TWO_REGIONS.violations(at("eastus"))).isEmpty();
        for (var wrong : new String[] {null, "westus", "East US"}) {
            assertThat(TWO_REGIONS.violations(at(wrong))).singleElement().satisfies(violation -> {
                assertThat(violation.pointer()).isEqualTo("/homeRegion");
                assertThat(violation.detail()).contains("[eastus, westeurope]");
            });
        }
    }

    @Test
    void whereThereIsOneItIsAWordLikeAnyOther() {
        assertThat(ONE_REGION.violations(at(null))).isEmpty();
        assertThat(ONE_REGION.violations(at("East US"))).isEmpty();
    }

    private static DpsInstance at(@Nullable String homeRegion) {
        return new DpsInstance(
                new DpsInstanceId(new TenantId("contoso"), "eu"),
                "0ne1",
                "global.azure-devices-provisioning.net",
                "eu.azure-devices-provisioning.net",
                null,
                null,
                homeRegion,
                Limits.DPS,
                1,
                DpsInstance.State.ACTIVE);
    }
}
