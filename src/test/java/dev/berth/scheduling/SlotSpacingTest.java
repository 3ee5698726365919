package dev.berth.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.berth.inventory.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotSpacingTest {
    @ParameterizedTest(name = "{0} a minute, spread {1} ms: {2} a minute")
    @CsvSource({"1000, 1200, 979.4", "1000, 300, 994.0", "1000, 5000, 922.2", "2, 1200, 0.98", "1, 1200, 0.98"})
    void theSpreadIsThePrice(int limit, long spreadMillis, double perMinute) {
        assertThat(SlotSpacing.of(limits(limit, 0, spreadMillis)).perSecond() * 60)
                .isCloseTo(perMinute, within(0.05));
    }

    @Test
    void headroomIsLeftToOthers() {
        assertThat(SlotSpacing.of(limits(1_000, 200, 1_200))).isEqualTo(SlotSpacing.of(limits(800, 0, 1_200)));
    }

    @Test
    void hubsThatAreSlowerThanDpsSetTheDistance() {
        assertThat(SlotSpacing.of(withHubs(limits(1_000, 200, 1_200), 100)))
                .isEqualTo(SlotSpacing.of(limits(100, 0, 1_200)));
    }

    @Test
    void hubsThatAreFasterThanDpsChangeNothing() {
        assertThat(SlotSpacing.of(withHubs(limits(1_000, 200, 1_200), 5_000)))
                .isEqualTo(SlotSpacing.of(limits(1_000, 200, 1_200)));
    }

    @Test
    void slotsWithoutADistanceAreRefused() {
        assertThatThrownBy(() -> new SlotSpacing(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever the limit and spread, whenever in its spread each device arrives. */
    @Test
    void noMinuteHoldsMoreThanTheLimit() {
        long seed = 20_270_101;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 300; round++) {
            var limits = limits(1 + random.nextInt(1_200), 0, random.nextInt(60_000));
            int limit = limits.registrationsPerMinute();
            Instant[] arrivals = arrivals(limits, Math.max(3, 3 * limit), random);
            // with a limit of 1, neighbours are what must not share a minute
            int apart = Math.max(1, limit - 1);
            for (int i = 0; i + apart < arrivals.length; i++) {
                assertThat(Duration.between(arrivals[i], arrivals[i + apart]))
                        .as("seed %d, round %d, %s", seed, round, limits)
                        .isGreaterThan(Duration.ofMinutes(1));
            }
        }
    }

    @Test
    void theWorstArrivalsSpanJustOverAMinute() {
        var limits = limits(1_000, 0, 1_200);
        var spacing = SlotSpacing.of(limits);
        Duration closest = Duration.between(
                VirtualClock.START.plus(limits.arrivalSpread()), spacing.after(VirtualClock.START, 999));
        assertThat(closest)
                .isBetween(
                        Duration.ofMinutes(1).plusNanos(1),
                        Duration.ofMinutes(1).plusNanos(999));
    }

    private static Instant[] arrivals(Limits limits, int count, RandomGenerator random) {
        var spacing = SlotSpacing.of(limits);
        boolean extreme = random.nextBoolean();
        return IntStream.range(0, count)
                .mapToObj(i -> spacing.after(VirtualClock.START, i).plusNanos(late(limits, extreme, random)))
                .sorted()
                .toArray(Instant[]::new);
    }

    private static long late(Limits limits, boolean extreme, RandomGenerator random) {
        long spread = limits.arrivalSpread().toNanos();
        return extreme ? (random.nextBoolean() ? spread : 0) : (long) (random.nextDouble() * spread);
    }

    private static Limits withHubs(Limits limits, int perMinute) {
        return new Limits(
                limits.registrationsPerMinute(),
                limits.operationsPerMinute(),
                limits.registrationsMax(),
                limits.headroomPerMinute(),
                limits.arrivalSpread(),
                limits.enrollmentGroupsMax(),
                limits.certificateAuthoritiesMax(),
                perMinute);
    }

    private static Limits limits(int perMinute, int headroom, long spreadMillis) {
        return new Limits(perMinute, perMinute, 1_000_000, headroom, Duration.ofMillis(spreadMillis));
    }
}
