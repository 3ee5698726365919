package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class InstanceSharesTest {
    private static final DpsInstanceId INSTANCE = new DpsInstanceId(Instances.TENANT, "dps-1");
    private static final TenantId FABRIKAM = new TenantId("fabrikam");
    private static final QueueKey LINE_A = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "line-a", null);
    private static final QueueKey LINE_B = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "line-b", "europe");
    private static final QueueKey FABRIKAMS = QueueKey.ofPool(Instances.TENANT, FABRIKAM, "line-a", null);
    private static final QueueKey KNOWN = QueueKey.ofInstance(INSTANCE);
    private static final QueueKey FABRIKAMS_KNOWN = QueueKey.ofInstance(INSTANCE, FABRIKAM);
    private static final QueueKey JOBS = QueueKey.ofJobs(INSTANCE, Instances.TENANT);
    private static final List<QueueKey> ALL = List.of(LINE_A, LINE_B, FABRIKAMS, KNOWN, FABRIKAMS_KNOWN, JOBS);

    @Test
    void whoIsAloneHasAll() {
        assertThat(share(LINE_A, ShareWeights.DEFAULT, Set.of())).isEqualTo(1);
        assertThat(share(LINE_A, ShareWeights.DEFAULT, Set.of(LINE_A))).isEqualTo(1);
    }

    @Test
    void classesThenTenantsThenPoolsDivide() {
        var waiting = Set.copyOf(ALL);
        assertThat(share(LINE_A, ShareWeights.DEFAULT, waiting)).isCloseTo(0.6 / 2 / 2, within(1e-9));
        assertThat(share(FABRIKAMS, ShareWeights.DEFAULT, waiting)).isCloseTo(0.6 / 2, within(1e-9));
        assertThat(share(KNOWN, ShareWeights.DEFAULT, waiting)).isCloseTo(0.3 / 2, within(1e-9));
        assertThat(share(JOBS, ShareWeights.DEFAULT, waiting)).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void weightsAreData() {
        var weights = new ShareWeights(2, 1, 1, Map.of(FABRIKAM, 3), Map.of("contoso/line-a", 4));
        var waiting = Set.copyOf(ALL);
        assertThat(share(FABRIKAMS, weights, waiting)).isCloseTo(0.5 * 3 / 4, within(1e-9));
        assertThat(share(LINE_A, weights, waiting)).isCloseTo(0.5 / 4 * 4 / 5, within(1e-9));
    }

    /** Whoever waits, and whatever the weights: nothing is lost, and no class gets less than its floor. */
    @Test
    void sharesSumUpToOneAndNoClassFallsBelowItsFloor() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
        for (int round = 0; round < 500; round++) {
            var weights = new ShareWeights(
                    10 + random.nextInt(20),
                    10 + random.nextInt(20),
                    10 + random.nextInt(20),
                    Map.of(FABRIKAM, 1 + random.nextInt(9)),
                    Map.of("contoso/line-b", 1 + random.nextInt(9)));
            var waiting = new HashSet<QueueKey>();
            ALL.stream().filter(queue -> random.nextBoolean()).forEach(waiting::add);
            double sum = waiting.stream()
                    .mapToDouble(queue -> share(queue, weights, waiting))
                    .sum();
            assertThat(sum).as("round %d, %s", round, waiting).isCloseTo(waiting.isEmpty() ? 0 : 1, within(1e-9));
            assertThat(share(JOBS, weights, waiting)).isGreaterThanOrEqualTo(0.1);
        }
    }

    @Test
    void aClassWithoutATenthOfTheWeightsIsRefused() {
        assertThatThrownBy(() -> new ShareWeights(9, 9, 1, Map.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1/10");
    }

    @Test
    void weightsHaveALimit() {
        assertThatThrownBy(() -> ShareWeights.DEFAULT.withTenants(Map.of(FABRIKAM, ShareWeights.WEIGHT_MAX + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ShareWeights.DEFAULT.withPools(Map.of("contoso/line-a", 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShareWeights(0, 1, 1, Map.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double share(QueueKey queue, ShareWeights weights, Set<QueueKey> waiting) {
        return new InstanceShares(Map.of(INSTANCE, waiting), weights).of(queue, INSTANCE);
    }
}
