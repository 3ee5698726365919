package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.inventory.DpsInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The horizon is what forgives devices that come late; a short one has to be enough for those that only do as they are told. */
class ShortHorizonTest {
    private static final SchedulingSettings SETTINGS = SchedulingSettings.DEFAULT.withHorizon(Duration.ofSeconds(10));
    private static final QueueKey QUEUE = QueueKey.ofPool(Instances.TENANT, Instances.TENANT, "factory", null);
    private static final Duration RUSH = Duration.ofSeconds(2);

    /** When the fleet before has been served. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final List<DpsInstance> instances = Instances.many(3, Instances.perMinute(600));
    private final double perSecond =
            instances.size() * SlotSpacing.of(instances.getFirst().limits()).perSecond();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aFleetThatComesAfterAnotherUsesTheWholeRate(long seed) {
        var fleet = afterAnother(seed, false)
                .boot(900, QUEUE, instances, LATER, RUSH)
                .run();
        assertThat(used(fleet, VirtualClock.START.plus(LATER))).isGreaterThan(0.97);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aLongQueueUsesTheWholeRateToItsEnd(long seed) {
        var fleet = new SharedFleet(3, SETTINGS, seed)
                .boot(5_400, QUEUE, instances, Duration.ZERO, RUSH)
                .run();
        assertThat(used(fleet, VirtualClock.START)).isGreaterThan(0.97);
    }

    /** Their tickets are in runs, one for each replica: while one replica's come, all others must still be in time with the slots that they hold. */
    @ParameterizedTest(name = "{0} devices within {1} ms")
    @CsvSource({"900,500", "900,1000", "900,2000", "900,4000", "1800,500", "1800,1000", "1800,2000", "1800,4000"})
    void devicesThatComeBackToTheirReplicaUseTheWholeRate(int devices, int rushMillis) {
        for (long seed = 1; seed <= 20; seed++) {
            var fleet = afterAnother(seed, true)
                    .boot(devices, QUEUE, instances, LATER, Duration.ofMillis(rushMillis))
                    .run();
            assertThat(used(fleet, VirtualClock.START.plus(LATER)))
                    .as("seed %d", seed)
                    .isGreaterThan(0.97);
        }
    }

    /** As where one replica has just been started: when the last device of a replica has come, what it still holds is lost. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void replicasThatAreAskedUnevenlyUseTheWholeRate(long seed) {
        var fleet = afterAnother(seed, true);
        for (int replica = 0; replica < 3; replica++) {
            fleet.bootThrough(replica, 300, QUEUE, instances, LATER, Duration.ofSeconds(1L << replica));
        }
        assertThat(used(fleet.run(), VirtualClock.START.plus(LATER))).isGreaterThan(0.97);
    }

    /** They have a share while they wait, which is a second or two; whoever comes meanwhile must not be told to wait as if that were for good. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aFewThatRegisterAgainDoNotHaveTheOthersSleepThroughTheirSlots(long seed) {
        var fleet = afterAnother(seed, true).boot(900, QUEUE, instances, LATER, RUSH.multipliedBy(2));
        for (var instance : instances) {
            fleet.boot(8, QueueKey.ofInstance(instance.id()), List.of(instance), LATER.plusSeconds(1), RUSH);
        }
        assertThat(used(fleet.run(), VirtualClock.START.plus(LATER))).isGreaterThan(0.97);
    }

    private SharedFleet afterAnother(long seed, boolean loyal) {
        return new SharedFleet(3, SETTINGS, seed, loyal).boot(600, QUEUE, instances, Duration.ZERO, RUSH);
    }

    /** From a third of those who came since {@code from} to four fifths of them, so that somebody waits for each slot. */
    private double used(SharedFleet fleet, Instant from) {
        var slots = fleet.told.stream()
                .filter(told -> !told.first().isBefore(from))
                .map(SharedFleet.Told::slot)
                .sorted()
                .toList();
        int first = slots.size() / 3;
        int last = slots.size() * 4 / 5;
        return (last - first)
                / (Duration.between(slots.get(first), slots.get(last)).toNanos() / 1e9 * perSecond);
    }
}
