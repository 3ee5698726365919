package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every promise at every event, in as many worlds as {@code -Ddev.berth.simulation.worlds} says. The seed in a test's name replays it. */
class RandomWorldsTest {
    private static final long WORLDS = Long.getLong("dev.berth.simulation.worlds", 500);
    private static final long FIRST = Long.getLong("dev.berth.simulation.seed", 1);

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + WORLDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsEveryPromiseAndServesEveryDevice(long seed) {
        SimulationPlan plan = RandomWorld.of(seed);
        var simulation = new Simulation(plan);

        SimulationResult result = simulation.run(() -> 0);

        assertThat(simulation.registeredDevices() + result.lost())
                .as("served in %s", plan)
                .isEqualTo(plan.devices());
        assertThat(result.throttled()).isZero();
        if (plan.hardship().equals(Hardship.NONE) && plan.shape().atOnce()) {
            losesNoTime(plan, result);
            servesByWeight(plan, result);
        }
    }

    /** Where all tenants may go anywhere, and enough was told to see it. */
    private static void servesByWeight(SimulationPlan plan, SimulationResult result) {
        double told = result.tenants().stream()
                .mapToLong(TenantResult::toldWhileAllWaited)
                .sum();
        double weights = plan.tenants().stream().mapToInt(Tenancy::weight).sum();
        if (told >= 200 && mayGoAnywhere(plan)) {
            assertThat(result.tenants())
                    .as("served by weight in %s", plan)
                    .allSatisfy(tenant -> assertThat(tenant.toldWhileAllWaited() / told)
                            .isCloseTo(tenant.weight() / weights, within(0.06)));
        }
    }

    private static boolean mayGoAnywhere(SimulationPlan plan) {
        return plan.tenants().stream().allMatch(tenant -> tenant.geography() == null);
    }

    /**
     * In all, if every device may go anywhere. And whoever else waits, a tenant's devices wait no longer than the horizon, whose slots are given in
     * the order of arrival, and what the tenant's share of its instances takes for them.
     */
    private static void losesNoTime(SimulationPlan plan, SimulationResult result) {
        if (mayGoAnywhere(plan)) {
            assertThat(result.makespanSeconds())
                    .as("makespan in %s", plan)
                    .isLessThan(1.02 * result.idealSeconds() + secondsAtTheEnd(plan));
        }
        for (int i = 0; i < plan.tenants().size(); i++) {
            assertThat(result.tenants().get(i).waitSeconds().max())
                    .as("longest wait of tenant %d in %s", i + 1, plan)
                    .isLessThan(plan.spread().settings().horizon().toSeconds()
                            + 1.02
                                    * secondsOfShare(
                                            plan, i, result.tenants().get(i).devices())
                            + secondsAtTheEnd(plan));
        }
    }

    /** How long a tenant's devices take when all others wait at each of its instances. Known devices are even at them, and stay there. */
    private static double secondsOfShare(SimulationPlan plan, int tenant, int devices) {
        Tenancy own = plan.tenants().get(tenant);
        double[] shares = IntStream.range(0, plan.instances())
                .filter(own::mayUse)
                .mapToDouble(instance -> own.weight()
                        / (double) plan.tenants().stream()
                                .filter(other -> other.mayUse(instance))
                                .mapToInt(Tenancy::weight)
                                .sum())
                .toArray();
        double slots = plan.shape().known()
                ? devices / (double) shares.length / Arrays.stream(shares).min().orElseThrow()
                : devices / Arrays.stream(shares).sum();
        return slots * plan.spacing().interval().toNanos() / 1e9;
    }

    /** The last slots of each replica's block may find no device any more, and the last device asks a while after the first. */
    private static double secondsAtTheEnd(SimulationPlan plan) {
        int held = plan.replicas() * plan.spread().settings().blockSlotsMax();
        return (plan.overNanos() + held * plan.spacing().interval().toNanos()) / 1e9 + 30;
    }
}
