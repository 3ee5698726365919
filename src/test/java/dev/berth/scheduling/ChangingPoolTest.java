package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which instance devices go to while the pool changes and many replicas choose at once. */
class ChangingPoolTest {
    private static final QueueKey QUEUE = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "factory", null);
    private static final Duration RUSH = Duration.ofSeconds(20);
    private static final Duration CHANGE = Duration.ofMinutes(5);
    private static final int DEVICES = 4_000;

    private final DpsInstance first = Instances.named("dps-1", Instances.perMinute(120));
    private final DpsInstance second = Instances.named("dps-2", Instances.perMinute(120));
    private final double perSecond = SlotSpacing.of(first.limits()).perSecond();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anInstanceThatJoinsWhileDevicesWaitIsUsedAtOnce(long seed) {
        var pool = new ArrayList<>(List.of(first));
        var fleet = fleet(seed, pool);
        fleet.at(VirtualClock.START.plus(CHANGE), () -> pool.add(second));
        fleet.run();

        var toNew = fleet.told.stream()
                .filter(told -> told.instance().equals(second.id()))
                .toList();
        assertThat(toNew.getFirst().at())
                .isBefore(VirtualClock.START.plus(CHANGE).plusSeconds(10));
        long atBoth = Math.round((DEVICES - CHANGE.toSeconds() * perSecond) / 2);
        assertThat((long) toNew.size()).isBetween(atBoth - 250, atBoth + 250);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anInstanceThatDrainsTakesNobodyAnyMore(long seed) {
        var pool = new ArrayList<>(List.of(first, second));
        var fleet = fleet(seed, pool);
        fleet.at(VirtualClock.START.plus(CHANGE), () -> pool.remove(second));
        fleet.run();

        assertThat(fleet.told).hasSize(DEVICES);
        assertThat(fleet.told)
                .noneMatch(told ->
                        told.instance().equals(second.id()) && told.at().isAfter(VirtualClock.START.plus(CHANGE)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anInstanceThatIsUnavailableForAWhileTakesNobodyUntilThen(long seed) {
        Instant from = VirtualClock.START.plus(CHANGE);
        Instant until = from.plus(Duration.ofMinutes(5));
        var fleet = fleet(seed, List.of(first, second));
        fleet.at(from, () -> fleet.health.unavailable(second.id(), until));
        fleet.run();

        var toSecond = fleet.told.stream()
                .filter(told -> told.instance().equals(second.id()))
                .toList();
        assertThat(toSecond)
                .noneMatch(told -> !told.at().isBefore(from) && told.at().isBefore(until));
        assertThat(toSecond).anyMatch(told -> !told.at().isBefore(until));
        assertThat(fleet.told).hasSize(DEVICES);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theOverflowOfManyReplicasDoesNotHerdOntoOneInstance(long seed) {
        var instances = Instances.many(10, Instances.perMinute(1_000));
        var fleet = new SharedFleet(16, SchedulingSettings.DEFAULT, seed)
                .boot(20_000, QUEUE, instances, Duration.ZERO, Duration.ofSeconds(60))
                .run();
        var perInstance = fleet.told.stream()
                .map(SharedFleet.Told::instance)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(perInstance.values()).hasSize(10).allMatch(devices -> devices > 1_850 && devices < 2_150);
    }

    private SharedFleet fleet(long seed, List<DpsInstance> pool) {
        return new SharedFleet(3, SchedulingSettings.DEFAULT, seed).boot(DEVICES, QUEUE, pool, Duration.ZERO, RUSH);
    }
}
